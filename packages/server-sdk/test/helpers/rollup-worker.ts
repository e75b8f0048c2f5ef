import type { Knex } from 'knex';
import { createUsage } from '../../src/index.js';

/** Rolls up until it is done or killed; writes a line when it begins. Takes over the lease of one killed before immediately. */
const { config, nowMs } = JSON.parse(process.argv[2] ?? '{}') as {
  config: Knex.Config;
  nowMs: number;
};
const { default: knex } = await import('knex');
const own = knex({ ...config, useNullAsDefault: true });
await own('model_call_slots').update({ lease_until_ms: 0 });
await own.destroy();

const usage = createUsage({
  database: config,
  authenticate: () => null,
  rollup: false,
  clock: { now: () => nowMs },
});
process.stdout.write('begins\n');
await usage.rollup.run();
await usage.stop();
