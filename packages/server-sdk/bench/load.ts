import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openDatabase } from '../src/db/database.js';
import { migrate } from '../src/db/migrate.js';
import { runInBackground } from '../src/runtime/request-signal.js';
import { bulkLoad } from './bulk-load.js';
import { generateYear } from './dataset.js';

/** Fills a new database with calls: `load.ts URL CALLS`. Nothing is rolled up. */
const [url = 'sqlite:bench.db', count = '1000000'] = process.argv.slice(2);
const file = /^sqlite:(.+)$/.exec(url)?.[1];
if (file !== undefined) {
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
  mkdirSync(dirname(file), { recursive: true });
}
const database = openDatabase(url);
await migrate(database.writer);
const startedMs = Date.now();
await runInBackground(() => bulkLoad(database.writer, generateYear(Number(count))));
const seconds = (Date.now() - startedMs) / 1000;
console.log(`${Number(count).toLocaleString('en')} calls loaded in ${Math.round(seconds)} s`);
await database.close();
