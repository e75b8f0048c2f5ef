import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NodeCallback } from '../mounts/create-callback.js';
import type { WebHandler } from '../mounts/create-handler.js';
import type { Readiness, ReadinessCheck } from './readiness.js';

/** Whether this process lives and can serve, for load balancers and orchestrators. Nothing here is authenticated or counted. */
export interface UsageHealth {
  /**
   * Checks whether the process is ready: the database responds and has the tables of this version. Takes two seconds at most;
   * calls within a second share one check. Never rejects.
   */
  check(): Promise<Readiness>;
  /**
   * Makes a Node listener of `GET /healthz`, which is 200 as long as the process responds, and `GET /readyz`, which is 200 or 503
   * by {@link check}. Other paths go to `next`, or get a 404 where there is none.
   */
  callback(): NodeCallback;
  /** Makes the same as a handler of web requests, of URLs that end in those paths. */
  handler(): WebHandler;
}

/** Makes what a host mounts outside of its sign-in. */
export function createHealth(readiness: ReadinessCheck): UsageHealth {
  const respond = async (method: string, path: string): Promise<Answer | null> => {
    const isLiveness = path.endsWith('/healthz');
    if (!isLiveness && !path.endsWith('/readyz')) return null;
    if (method !== 'GET' && method !== 'HEAD') return toAnswer(405, { status: 'use GET' });
    if (isLiveness) return toAnswer(200, { status: 'alive' });
    const { isReady, reason } = await readiness.check();
    if (isReady) return toAnswer(200, { status: 'ready' });
    return toAnswer(503, { status: 'unavailable', reason });
  };
  return {
    check: () => readiness.check(),
    callback: () => (request, response, next) => {
      const { method = 'GET', url = '/' } = request;
      void respond(method, url.split('?')[0] ?? '').then((answer) => {
        if (answer === null && next) next();
        else send(request, response, answer ?? NOT_FOUND);
      });
    },
    handler: () => async (request, next) => {
      const answer = await respond(request.method, new URL(request.url).pathname);
      if (answer === null && typeof next === 'function') {
        return (next as () => Response | Promise<Response>)();
      }
      const { status, body, headers } = answer ?? NOT_FOUND;
      return new Response(request.method === 'HEAD' ? null : body, { status, headers });
    },
  };
}

interface Answer {
  status: number;
  body: string;
  headers: Record<string, string>;
}

function toAnswer(status: number, body: object): Answer {
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
    ...(status === 503 ? { 'Retry-After': '5' } : {}),
  };
  return { status, body: JSON.stringify(body), headers };
}

const NOT_FOUND = toAnswer(404, { status: 'unknown path' });

function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, body, headers }: Answer,
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(method === 'HEAD' ? undefined : body);
}
