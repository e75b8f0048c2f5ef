import { consoleLogger } from '../../runtime/logger.js';

/** Logs an error of recording; the default of `onError`. */
export function logRecordingError(error: unknown): void {
  consoleLogger.error('A call was not recorded', { error });
}

/** Logs an error of a price function; the call itself is recorded. */
export function logPriceError(error: unknown): void {
  consoleLogger.error('The price function threw: the credits of a call are unknown', { error });
}
