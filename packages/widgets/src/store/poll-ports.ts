import { isDocumentHidden, listenToDocument } from '../utils/natives.js';

/** What the store needs of its environment: time, chance, and whether the page is visible and online. All injectable. */
export interface PollPorts {
  /** Epoch milliseconds. */
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
  /** Runs `callback` once after `delayMs`; the result cancels it. */
  schedule(callback: () => void, delayMs: number): () => void;
  isVisible(): boolean;
  isOnline(): boolean;
  /** Calls back when `isVisible` or `isOnline` may have changed; the result stops watching. */
  watch(callback: () => void): () => void;
}

/** Ports of the page this code runs in. Reads `document` and `navigator` when used, never on import. */
export function createBrowserPorts(): PollPorts {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    schedule(callback, delayMs) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    isVisible: () => !isDocumentHidden(),
    isOnline: () => navigator.onLine,
    watch(callback) {
      const stop = new AbortController();
      const options = { signal: stop.signal };
      listenToDocument('visibilitychange', callback, options);
      addEventListener('online', callback, options);
      addEventListener('offline', callback, options);
      // A page brought back from the back/forward cache fires no visibilitychange in every browser.
      addEventListener('pageshow', callback, options);
      return () => stop.abort();
    },
  };
}
