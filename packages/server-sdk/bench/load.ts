import { openDatabase } from '../src/db/database.js';
import { migrate } from '../src/db/migrate.js';
import { createRollupControl } from '../src/rollup/rollup-control.js';
import { storeCalls } from '../src/services/record-calls.js';
import { generateDataset } from './dataset.js';

/** Fills a database: `load.ts FILE CALLS`. */
const [file = 'bench.db', count = '1000000'] = process.argv.slice(2);
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
console.log(`load: ${Math.round(Number(count) / ((loadedMs - startedMs) / 1000))} calls/s`);
const rollup = createRollupControl(database, { now: () => endMs }, 5);
const report = await rollup.run();
console.log(
  report,
  `rollup: ${Math.round(Number(count) / ((Date.now() - loadedMs) / 1000))} calls/s`,
);
console.log(
  await database
    .writer('model_call_stats')
    .select('scope', 'grain')
    .count({ rows: '*' })
    .groupBy('scope', 'grain'),
);
console.log(process.memoryUsage().rss / 1e6, 'MB');
await database.close();
