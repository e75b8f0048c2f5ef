import type { ServerResponse } from 'node:http';

/** A signal that is given when the client is gone before its answer was sent. */
export function hangUpOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error('The client hung up'));
  });
  return controller.signal;
}
