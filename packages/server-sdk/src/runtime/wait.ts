import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Resolves after some milliseconds, or immediately when the signal is aborted. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Waits by the machine's clock. */
export const systemWait: Wait = async (milliseconds, signal) => {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // Aborted: there is nothing more to wait for.
  }
};

/** Resolves when the event loop has handled what had arrived by now, on all connections. */
export async function yieldToEventLoop(): Promise<void> {
  await nextTurn();
}

/** Resolves after some milliseconds. */
export async function pause(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
}

/** Calls back once after some milliseconds. @returns a function that cancels it */
export function startTimeout(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => {
    clearTimeout(timer);
  };
}

/** Calls back at an interval; does not keep the process alive. @returns a function that ends it */
export function startInterval(milliseconds: number, callback: () => void): () => void {
  const timer = setInterval(callback, milliseconds).unref();
  return () => {
    clearInterval(timer);
  };
}
