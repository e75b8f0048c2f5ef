import { consoleLogger } from '../../runtime/logger.js';

/** An error as the reason of a failed call. */
export function toReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text === '' ? 'The call failed without saying why' : text;
}

/** Where errors of recording go when the host does not say. */
export function logRecordingError(error: unknown): void {
  consoleLogger.error('A call was not recorded', { error });
}

/** Where errors of a price function go when the host does not say: the call itself is recorded. */
export function logPriceError(error: unknown): void {
  consoleLogger.error('The price function threw: the credits of a call are unknown', { error });
}
