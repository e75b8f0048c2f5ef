import { pause } from '../runtime/wait.js';
import { isDisconnected, isTransient } from './database-failures.js';

const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 50;

/**
 * Runs work that only reads, again if its connection broke or the database gave its transaction up in favour of others.
 *
 * @param signal given when nobody waits for the result any more
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
      // Long enough for a pool to find that its connections are gone.
      await pause(FIRST_PAUSE_MS * 4 ** (attempt - 1));
    }
  }
}
