import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createUsage, staticQuota, type ModelCallInput } from '../src/index.js';

/** The host that `clients.ts` requests from: a separate process, so that its memory can be measured. `clients-server.ts FILE USERS CALLS` */
const [file = 'clients.db', users = '2000', calls = '100'] = process.argv.slice(2);
const BATCH = 2000;
const WRITES_EVERY_MS = 100;
const DAY_MS = 86_400_000;

const usage = createUsage({
  database: `sqlite:${file}`,
  authenticate: ({ headers }) => {
    const user = headers['x-user'];
    return typeof user === 'string' ? { userDid: user } : null;
  },
  quota: staticQuota({
    entries: [{ id: 'grant', kind: 'grant', amount: '1000000', occurredAt: 0 }],
  }),
});
await usage.migrate();
const nowMs = Date.now();
const callOf = (index: number, startedAt: number): ModelCallInput => ({
  userDid: `user-${index % Number(users)}`,
  appDid: 'app',
  model: index % 3 === 0 ? 'gpt-4o' : 'claude-opus',
  provider: 'openai',
  status: index % 17 === 0 ? 'failed' : 'success',
  startedAt,
  durationMs: 200 + (index % 4000),
  usage: { inputTokens: index % 900, outputTokens: index % 300 },
  credits: '0.00125',
});
const total = Number(users) * Number(calls);
for (let start = 0; start < total; start += BATCH) {
  await usage.calls.record(
    Array.from({ length: Math.min(BATCH, total - start) }, (_, offset) => {
      const index = start + offset;
      return callOf(index, nowMs - Math.floor((1 - index / total) * 30 * DAY_MS) - 60_000);
    }),
  );
}
await usage.rollup.run();
await usage.start();

const server = createServer(usage.callback());
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
let written = 0;
// Calls go on while people look.
const writes = setInterval(() => {
  written += 1;
  void usage.calls.record(callOf(written * 7, Date.now()));
}, WRITES_EVERY_MS);
process.send?.({ port: (server.address() as AddressInfo).port });
process.on('message', (message) => {
  if (message === 'memory') process.send?.({ memory: process.memoryUsage(), written });
  if (message === 'stop') {
    clearInterval(writes);
    server.close();
    server.closeAllConnections();
    void usage.stop().then(() => process.exit(0));
  }
});
