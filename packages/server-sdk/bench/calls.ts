import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Project } from '../src/contract/common.js';
import type { ProjectCalls } from '../src/contract/project-calls.js';
import { openDatabase } from '../src/db/database.js';
import { migrate } from '../src/db/migrate.js';
import type { StoredCall } from '../src/values/stored-call.js';
import { createRollupControl } from '../src/rollup/rollup-control.js';
import { listCalls, type CallListQuery } from '../src/queries/calls/call-service.js';
import { CursorKeys } from '../src/queries/calls/cursor-keys.js';
import { bulkLoad } from './bulk-load.js';
import { BENCH_END_MS, HEAVY_USER, generateYear } from './dataset.js';
import { medianMs, mediansInTurnMs, RUNS } from './measure.js';
import { NaiveQueries } from './naive.js';

/**
 * The call history of one project with many calls: pages at the top and a million calls down, filters and searches that match
 * little or nothing, compared with COUNT and OFFSET over the same calls.
 *
 * `calls.ts [CALLS] [URL]`; 1.3 million calls on SQLite unless told otherwise; 0 takes the database as it is.
 */
const [count = '1300000', url = 'sqlite:../../.cache/bench-calls.db'] = process.argv.slice(2);
const MILLION = 1_000_000;
const RARE_EVERY = 100_000;
const PROJECT = 'zNKbusy';
const YEAR_MS = 365 * 86_400_000;

const file = /^sqlite:(.+)$/.exec(url)?.[1];
const isNew = Number(count) > 0;
if (file !== undefined && isNew) {
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
  mkdirSync(dirname(file), { recursive: true });
}
const database = openDatabase(url);
await migrate(database.writer);
if (isNew) await bulkLoad(database.writer, ofOneProject(generateYear(Number(count))));
await createRollupControl(database, { now: () => BENCH_END_MS }, 5).run();

const project: Project = { appDid: PROJECT, name: null, logoUrl: null, url: null };
const range = { fromMs: BENCH_END_MS - YEAR_MS, toMs: BENCH_END_MS, timeZone: 'UTC' };
const plain: CallListQuery = {
  project,
  range,
  rangeGiven: true,
  models: null,
  statuses: null,
  types: null,
  minDurationMs: null,
  search: null,
  sortBy: 'time',
  sortOrder: 'desc',
  limit: 20,
  hasCounts: false,
  cursor: null,
  nowMs: BENCH_END_MS,
};
const cursorKeys = new CursorKeys(database);
const describeProviders = (): Promise<Map<string, never>> =>
  Promise.resolve(new Map<string, never>());
const listing = { database, cursorKeys, describeProviders, limits: { maxRangeDays: 400 } };
const list = (query: Partial<CallListQuery>): Promise<ProjectCalls> =>
  listCalls(listing, HEAVY_USER, { ...plain, ...query });
const naive = new NaiveQueries(database.reader);
const scope = { userDid: HEAVY_USER, appDid: PROJECT, fromMs: range.fromMs, toMs: range.toMs };

const all = (await list({})).total ?? 0;
const depth = Math.min(MILLION, Math.floor(all / 100) * 80);
let deep = await list({ limit: 100 });
for (let read = 100; read < depth && deep.nextCursor !== null; read += 100) {
  deep = await list({ limit: 100, cursor: deep.nextCursor });
}
const at = depth.toLocaleString('en');
const [firstMs, deepMs] = await mediansInTurnMs(
  () => list({}),
  () => list({ cursor: deep.nextCursor }),
);
const naiveMs = await medianMs(() => naive.callPage(scope, depth), RUNS);
console.log(`| call history of ${all.toLocaleString('en')} calls | ms | |`);
console.log('| --- | ---: | ---: |');
line('page 1 with its total', firstMs, '');
line(
  `the page at ${at} with its total`,
  deepMs,
  `${(deepMs / firstMs).toFixed(2)} of page 1 (1.2)`,
);
line(`the same by COUNT and OFFSET`, naiveMs, `${Math.round(naiveMs / deepMs)} times (200)`);

const searches: [string, Partial<CallListQuery>][] = [
  ['failed', { statuses: ['failed'] }],
  ['a model with one call in 100,000', { models: ['rare'] }],
  ['a model that was never called', { models: ['never'] }],
  ['that model and failed', { models: ['rare'], statuses: ['failed'] }],
  ['longest first', { sortBy: 'duration' }],
  ['longest first, of the rare model', { sortBy: 'duration', models: ['rare'] }],
  ['an id', { search: deep.items[0]?.id ?? '' }],
  ['an id that is none', { search: 'no such id' }],
  ['the beginning of most ids', { search: '01' }],
  ['longer than an hour', { minDurationMs: 3_600_000 }],
  ['longer than a minute', { minDurationMs: 60_000 }],
];
for (const [name, query] of searches) {
  const { items, total, nextCursor } = await list(query);
  const found = `${items.length} rows, ${total === null ? 'not counted' : total.toLocaleString('en')}`;
  const more = nextCursor !== null && items.length < 20 ? ', to be continued' : '';
  line(name, await medianMs(() => list(query), RUNS), found + more);
}
await database.close();

function line(name: string, ms: number, note: string): void {
  console.log(`| ${name} | ${ms.toFixed(2)} | ${note} |`);
}

function* ofOneProject(calls: Iterable<StoredCall>): Generator<StoredCall> {
  let index = 0;
  for (const call of calls) {
    index += 1;
    const model = index % RARE_EVERY === 0 ? 'rare' : call.model;
    yield { ...call, userDid: HEAVY_USER, appDid: PROJECT, model };
  }
}
