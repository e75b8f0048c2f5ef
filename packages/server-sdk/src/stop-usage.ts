import type { Database } from './db/database.js';
import { startTimeout } from './runtime/wait.js';

/** How long `stop` waits for statements, so that a silent database does not keep the process alive. */
export const STOP_GRACE_MS = 8000;

/** Makes the function that stops a usage; called again, it waits for the same stop. */
export function createStop(
  databases: Pick<Database, 'hurry'>,
  work: () => Promise<void>,
): () => Promise<void> {
  let stopped: Promise<void> | null = null;
  return () => {
    stopped ??= stopWithin(STOP_GRACE_MS, databases, work);
    return stopped;
  };
}

/** Runs the work of a stop. After so many milliseconds its statements are cancelled. */
export async function stopWithin(
  ms: number,
  database: Pick<Database, 'hurry'>,
  work: () => Promise<void>,
): Promise<void> {
  const cancel = startTimeout(ms, () => {
    database.hurry();
  });
  try {
    await work();
  } finally {
    cancel();
  }
}
