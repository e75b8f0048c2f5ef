import type { ServerResponse } from 'node:http';

/** Whether the client is gone before its answer was sent. */
export interface HangUp {
  readonly isGone: boolean;
  /** Calls back when the client is gone, at once if it is. */
  listen(listener: () => void): void;
}

/** Of a Node response. */
export function hangUpOf(response: ServerResponse): HangUp {
  const isGone = (): boolean => response.destroyed && !response.writableFinished;
  return {
    get isGone() {
      return isGone();
    },
    listen: (listener) => {
      if (isGone()) listener();
      else {
        response.once('close', () => {
          if (!response.writableFinished) listener();
        });
      }
    },
  };
}

/** Of a web request. */
export function hangUpOfSignal(signal: AbortSignal): HangUp {
  return {
    get isGone() {
      return signal.aborted;
    },
    listen: (listener) => {
      if (signal.aborted) listener();
      else signal.addEventListener('abort', listener, { once: true });
    },
  };
}
