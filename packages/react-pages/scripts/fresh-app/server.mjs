/**
 * Runs in the fresh app: the usage API of the packed server SDK, some calls recorded through it, and the built pages, Vite's or
 * with `next` as its argument those of Next.js.
 *
 * What the figures have to be is in `check-fresh-app.mjs`, worked out by hand from the calls below.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { createUsage, staticQuota } from '@usage-kit/server-sdk';

const USER_DID = 'did:abt:fresh';
const pages = join(import.meta.dirname, 'dist');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const usage = createUsage({
  database: 'sqlite:./usage.db',
  authenticate: () => ({ userDid: USER_DID }),
  quota: staticQuota({
    entries: [{ id: 'welcome', kind: 'grant', amount: '100', occurredAt: '2020-01-01T00:00:00Z' }],
  }),
  projects: (appDids) => appDids.map((appDid) => ({ appDid, name: `The ${appDid} project` })),
});

await usage.migrate();
await usage.start();
await usage.calls.record([
  ...createCalls('chat', 8, {
    status: 'success',
    usage: { inputTokens: 100, outputTokens: 20 },
    credits: '0.5',
  }),
  ...createCalls('chat', 2, { status: 'failed', errorReason: 'The model is overloaded.' }),
  ...createCalls('search', 2, {
    type: 'embedding',
    status: 'success',
    usage: { inputTokens: 1000 },
    credits: '0.25',
  }),
]);

const sendUsage = usage.callback();
const respondWithPage = process.argv[2] === 'next' ? await startNext() : sendPage;
const server = createServer((request, response) => {
  sendUsage(request, response, () => {
    respondWithPage(request, response).catch(() => response.destroy());
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});

process.once('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => void usage.stop().then(() => process.exit()));
});

/** So many calls alike, one an hour back from now: all of them in the last thirty days. */
function createCalls(appDid, count, call) {
  return Array.from({ length: count }, (_, index) => ({
    id: `${appDid}-${call.status}-${index}`,
    userDid: USER_DID,
    appDid,
    model: 'gpt-4o-mini',
    provider: 'openai',
    startedAt: Date.now() - (index + 1) * 3_600_000,
    durationMs: 1000,
    ...call,
  }));
}

async function startNext() {
  const { default: next } = await import('next');
  const app = next({ dir: join(import.meta.dirname, 'next') });
  await app.prepare();
  return app.getRequestHandler();
}

async function sendPage(request, response) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const file = join(pages, pathname === '/' ? 'index.html' : pathname);
  if (!file.startsWith(pages) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  response.end(await readFile(file));
}
