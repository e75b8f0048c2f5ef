import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Knex } from 'knex';
import { createUsage } from '../../src/index.js';

/** Serves the endpoints until it is killed; writes its port. */
const { config, nowMs } = JSON.parse(process.argv[2] ?? '{}') as {
  config: Knex.Config;
  nowMs: number;
};
const usage = createUsage({
  database: config,
  authenticate: () => ({ userDid: 'alice' }),
  rollup: false,
  clock: { now: () => nowMs },
});
const server = createServer(usage.callback());
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
