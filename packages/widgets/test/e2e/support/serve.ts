import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { respondFromFixtures } from './api.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** What a test may say about its server. */
export interface ServeOptions {
  /** A folder, or pages by path. */
  folder?: string;
  pages?: Readonly<Record<string, string>>;
  /** Sent with every page and file, e.g. a content security policy. */
  headers?: Readonly<Record<string, string>>;
  /** Sent with every response of the API, e.g. which origins may read it. */
  apiHeaders?: Readonly<Record<string, string>>;
  /** Delay of every response of the API, milliseconds. */
  delayMs?: number;
  /** In place of the fixtures. */
  api?: (url: URL) => Promise<unknown> | null;
}

/** A server of one test, and the requests that its API received. */
export interface TestServer {
  origin: string;
  requests: string[];
  /** The `Authorization` headers of those. */
  tokens: Set<string | undefined>;
  /** Bodies of the reports that browsers sent to `/csp-report`. */
  reports: string[];
  close(): Promise<void>;
}

/** Serves files and the reading endpoints on a free port of this machine. */
export async function serve(options: ServeOptions): Promise<TestServer> {
  const requests: string[] = [];
  const tokens = new Set<string | undefined>();
  const reports: string[] = [];
  const server = createServer((request, response) => {
    void respond(options, { requests, reports, tokens }, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    reports,
    tokens,
    close: () => close(server),
  };
}

async function respond(
  {
    folder,
    pages = {},
    headers = {},
    apiHeaders,
    delayMs = 0,
    api = respondFromFixtures,
  }: ServeOptions,
  { requests, reports, tokens }: Pick<TestServer, 'requests' | 'reports' | 'tokens'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/csp-report') {
    for await (const chunk of request) reports.push(String(chunk));
    response.writeHead(204).end();
    return;
  }
  const apiBody = url.pathname.startsWith('/api/') ? api(url) : null;
  if (apiBody !== null) {
    requests.push(url.pathname + url.search);
    tokens.add(request.headers.authorization);
    const body = JSON.stringify(await apiBody);
    setTimeout(
      () => response.writeHead(200, { ...apiHeaders, 'content-type': TYPES['.json'] }).end(body),
      delayMs,
    );
    return;
  }
  const page = pages[url.pathname];
  if (page !== undefined) {
    response.writeHead(200, { ...headers, 'content-type': TYPES['.html'] }).end(page);
    return;
  }
  // An icon that is not there would be a console error of the page.
  if (url.pathname === '/favicon.ico') return void response.writeHead(204).end();
  sendFile(folder, url.pathname, headers, response);
}

function sendFile(
  folder: string | undefined,
  path: string,
  headers: Readonly<Record<string, string>>,
  response: ServerResponse,
): void {
  const file = join(folder ?? '', normalize(path), path.endsWith('/') ? 'index.html' : '');
  if (folder === undefined || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { ...headers, 'content-type': type });
  createReadStream(file).pipe(response);
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
