import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a fake server received. */
export interface FakeRequest {
  url: string;
  /** Its JSON body; `{}` for any other. */
  body: Record<string, unknown>;
}

/** A server on loopback that answers as a test says. */
export interface FakeServer {
  /** Without a path. */
  url: string;
  /** Requests so far. */
  requests: FakeRequest[];
  close(): Promise<void>;
}

/** Starts a server; `answer` may leave a response open. */
export async function startFakeServer(
  answer: (request: FakeRequest, response: ServerResponse) => void,
): Promise<FakeServer> {
  const requests: FakeRequest[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const received = { url: String(request.url), body };
      requests.push(received);
      answer(received, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req-1' });
  response.end(JSON.stringify(body));
}

/** Begins a stream of server-sent events. @returns sends one; an event with a `type` is named by it */
export function openEvents(response: ServerResponse): (event: object) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req-1' });
  return (event) => {
    const { type } = event as { type?: string };
    response.write(`${type ? `event: ${type}\n` : ''}data: ${JSON.stringify(event)}\n\n`);
  };
}
