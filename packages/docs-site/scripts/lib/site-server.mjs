import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};
/** Pagefind's own files are compressed already. */
const COMPRESSED = new Set(['.html', '.css', '.js', '.json', '.svg', '.txt']);
const API = '/api/usage';

/**
 * Serves the built site on this machine, compressed as hosts of static files do.
 *
 * @param {{ port?: number, api?: URL }} options `api`: a server whose endpoints are passed on, with the reader's cookies, so
 *   that consoles can use a session; cookies of one host name do not depend on the port
 * @returns {Promise<import('node:http').Server>} when it listens
 * @throws {Error} when the site is not built
 */
export async function serveSite({ port = 0, api } = {}) {
  if (!existsSync(join(dist, 'index.html'))) throw new Error('The site is not built: npm run site');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://site');
    if (api !== undefined && pathname.startsWith(`${API}/`)) passOn(request, response, api);
    else sendFile(request, response, decodeURIComponent(pathname));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

function sendFile(request, response, pathname) {
  const path = normalize(join(dist, pathname));
  const candidate =
    existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path;
  const isFound = candidate.startsWith(dist) && existsSync(candidate);
  const file = isFound ? candidate : join(dist, '404.html');
  const extension = extname(file);
  const isCompressed =
    COMPRESSED.has(extension) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  response.writeHead(isFound ? 200 : 404, {
    'content-type': TYPES[extension] ?? 'application/octet-stream',
    'cache-control': pathname.startsWith('/_astro/') ? 'max-age=31536000, immutable' : 'no-cache',
    ...(isCompressed && { 'content-encoding': 'gzip' }),
  });
  const stream = createReadStream(file);
  (isCompressed ? stream.pipe(createGzip()) : stream).pipe(response);
}

/** Sends a request to the server of the endpoints as if its own page had sent it. */
function passOn(request, response, api) {
  const headers = { ...request.headers, host: api.host };
  if (headers.origin !== undefined) headers.origin = api.origin;
  const upstream = httpRequest(new URL(request.url, api), { method: request.method, headers });
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  upstream.on('error', () => {
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  request.pipe(upstream);
}
