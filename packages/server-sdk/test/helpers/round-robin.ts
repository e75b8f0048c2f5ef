import {
  createServer,
  request as send,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A load balancer of a test. */
export interface RoundRobin {
  url: string;
  /** How often each upstream got a request. */
  readonly counts: readonly number[];
  close(): Promise<void>;
}

/** Serves requests by each port in turn; one whose connection is refused or breaks is passed over, as `lb_try_duration` does. */
export async function startRoundRobin(ports: readonly number[]): Promise<RoundRobin> {
  const counts = ports.map(() => 0);
  let turn = 0;
  const forward = (incoming: IncomingMessage, body: Buffer, response: ServerResponse): void => {
    const attempt = (left: number): void => {
      const place = turn % ports.length;
      turn += 1;
      const { method, url: path, headers } = incoming;
      const upstream = send({ host: '127.0.0.1', port: ports[place], method, path, headers });
      upstream.on('response', (answer) => {
        counts[place] = (counts[place] ?? 0) + 1;
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      upstream.on('error', () => {
        if (left > 0) attempt(left - 1);
        else response.writeHead(502).end();
      });
      upstream.end(body);
    };
    attempt(ports.length - 1);
  };
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      forward(incoming, Buffer.concat(chunks), response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
