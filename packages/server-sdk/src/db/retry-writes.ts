import { pause } from '../runtime/wait.js';
import { isTransient } from './statement-error.js';

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 10;

/**
 * Runs a transaction, and repeats it if the database aborted it in favour of another, which rolls it back.
 *
 * @throws what the last attempt failed with
 */
export async function retryWrites<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error;
      await pause(FIRST_PAUSE_MS * 2 ** attempt);
    }
  }
}
