import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openDatabase } from '../src/db/database.js';
import { migrate } from '../src/db/migrate.js';
import { createRollupControl } from '../src/rollup/rollup-control.js';
import { storeCalls } from '../src/services/record-calls.js';
import { generateDataset } from './dataset.js';

/** Fills a new database, through the SDK, and rolls it up: `load.ts FILE CALLS`. */
const [file = 'bench.db', count = '1000000'] = process.argv.slice(2);
for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
mkdirSync(dirname(file), { recursive: true });
const endMs = Date.UTC(2026, 10, 22, 10, 20);
const database = openDatabase(`sqlite:${file}`);
await migrate(database.writer);

const BATCH = 5000;
let batch = [];
const startedMs = Date.now();
for (const call of generateDataset({
  calls: Number(count),
  users: 200,
  days: 90,
  endMs,
  seed: 1,
})) {
  batch.push(call);
  if (batch.length === BATCH) {
    await storeCalls(database, batch);
    batch = [];
  }
}
await storeCalls(database, batch);
const loadedMs = Date.now();
const perSecond = (fromMs: number): string =>
  Math.round(Number(count) / ((Date.now() - fromMs) / 1000)).toLocaleString('en');
console.log(`recorded ${perSecond(startedMs)} calls/s`);

const { hours } = await createRollupControl(database, { now: () => endMs }, 5).run();
const [stats] = await database.writer('model_call_stats').count<{ rows: number }[]>({ rows: '*' });
console.log(`rolled up ${perSecond(loadedMs)} calls/s: ${hours} hours, ${stats?.rows ?? 0} rows`);
console.log(`${Math.round(process.memoryUsage().rss / 1e6)} MB of memory`);
await database.close();
