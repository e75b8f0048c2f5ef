import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Resolves after some milliseconds, or at once when the signal is given. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Waits by the machine's clock. */
export const systemWait: Wait = async (milliseconds, signal) => {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // Stopped: there is nothing more to wait for.
  }
};

/** Resolves when all that had arrived by now, on any connection, was taken up. */
export async function endOfTurn(): Promise<void> {
  await nextTurn();
}

/** Resolves after some milliseconds. */
export async function pause(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
}

/** Calls back once after some milliseconds. @returns what calls it off */
export function after(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => {
    clearTimeout(timer);
  };
}

/** Calls back every some milliseconds; keeps no process alive. @returns what ends it */
export function every(milliseconds: number, callback: () => void): () => void {
  const timer = setInterval(callback, milliseconds).unref();
  return () => {
    clearInterval(timer);
  };
}
