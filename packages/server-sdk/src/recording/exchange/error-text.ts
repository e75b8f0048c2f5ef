import { consoleLogger } from '../../runtime/logger.js';

/** Converts an error to the reason of a failed call; never empty. */
export function toReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text === '' ? 'The call failed without saying why' : text;
}

/** Passes an error to a hook of the host's. One that throws must not reach the work that is recorded. */
export function reportSafely(onError: (error: unknown) => void, error: unknown): void {
  try {
    onError(error);
  } catch {
    // There is no one left to report it to.
  }
}

/** Logs an error of recording; the default of `onError`. */
export function logRecordingError(error: unknown): void {
  consoleLogger.error('A call was not recorded', { error });
}

/** Logs an error of a price function; the call itself is recorded. */
export function logPriceError(error: unknown): void {
  consoleLogger.error('The price function threw: the credits of a call are unknown', { error });
}
