import { writeSync } from 'node:fs';
import type { Knex } from 'knex';
import { createUsage } from '../../src/index.js';

/** Records calls until it is killed, and prints each id when its call is on disk. */
const { config, run, startedAt } = JSON.parse(process.argv[2] ?? '{}') as {
  config: Knex.Config;
  run: number;
  startedAt: number;
};
const usage = createUsage({ database: config, authenticate: () => null, rollup: false });
let next = 0;

async function recordForever(writer: number): Promise<never> {
  for (;;) {
    const ids = Array.from({ length: writer % 3 === 0 ? 20 : 1 }, () => `${run}-${next++}`);
    await usage.calls.record(
      ids.map((id) => ({
        id,
        userDid: `user-${next % 5}`,
        model: 'm',
        status: 'success' as const,
        startedAt,
      })),
    );
    // Not a stream: what it has not handed over yet would die with the process.
    writeSync(1, ids.map((id) => `${id}\n`).join(''));
  }
}

await Promise.all(Array.from({ length: 16 }, (_, writer) => recordForever(writer)));
