import { pause } from '../runtime/wait.js';
import { isDisconnected, isTransient } from './statement-error.js';

const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 50;

/**
 * Runs work that only reads, and repeats it if its connection broke or the database aborted its transaction in favour of others.
 *
 * @param signal aborted when the result is no longer needed
 * @throws what the last attempt failed with
 */
export async function retryReads<T>(
  read: () => Promise<T>,
  signal: AbortSignal | null = null,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      const mayRetry = isDisconnected(error) || isTransient(error);
      if (!mayRetry || attempt === ATTEMPTS || signal?.aborted === true) throw error;
      // Long enough for a pool to notice that its connections are gone.
      await pause(FIRST_PAUSE_MS * 4 ** (attempt - 1));
    }
  }
}
