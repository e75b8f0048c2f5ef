import { writeSync } from 'node:fs';
import type { Knex } from 'knex';
import { openDatabase } from '../../src/db/database.js';
import { runRollup } from '../../src/rollup/run-rollup.js';
import { createScheduler } from '../../src/rollup/scheduler.js';
import { createRunOptions } from './create-run-options.js';

/** A scheduler that stops its own process (SIGSTOP) between two transactions, until the test continues it. */
const { config, nowMs, stopAfterHours, leaseTtlMs } = JSON.parse(process.argv[2] ?? '{}') as {
  config: Knex.Config;
  nowMs: number;
  stopAfterHours: number;
  leaseTtlMs: number;
};
const database = openDatabase(config);
const options = createRunOptions(database, nowMs, leaseTtlMs);
let stopped = false;
let finish: () => void = () => undefined;
const finished = new Promise<void>((resolve) => (finish = resolve));
const scheduler = createScheduler({
  cron: '0 0 1 1 *',
  run: async (signal) => {
    const report = await runRollup({
      ...options,
      signal,
      onProgress: ({ hours }) => {
        if (stopped || hours < stopAfterHours) return;
        stopped = true;
        process.kill(process.pid, 'SIGSTOP');
      },
    });
    writeSync(1, `done ${JSON.stringify(report)}\n`);
    finish();
  },
  onError: (error) => {
    writeSync(1, `error ${String(error)}\n`);
  },
  retries: 3,
  wait: () => Promise.resolve(),
});
scheduler.start();
await finished;
await scheduler.stop();
await database.close();
