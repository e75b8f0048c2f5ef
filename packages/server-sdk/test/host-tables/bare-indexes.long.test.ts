import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aigneHubCalls, createUsage, type Usage } from '../../src/index.js';
import { NOW_MS, silentLogger } from '../helpers/create-test-usage.js';
import { createHub, hubCalls, openHub, writeHubCalls } from '../helpers/hub-database.js';
import { sqliteServer, type TestDatabase } from '../helpers/test-databases.js';

const DAY_MS = 86_400_000;
const RANGE = { from: NOW_MS - 100 * DAY_MS, to: NOW_MS };
/** More than a run reads of the rows that are not new. */
const COUNT = 14_000;

interface Asked {
  sql: string;
  bindings: Knex.RawBinding[];
}

let database: TestDatabase;
let hub: Knex;
let own: Knex;
let usage: Usage;
let asked: Asked[];

beforeEach(async () => {
  database = await sqliteServer.create();
  hub = openHub(database.config);
  await createHub(hub, hubCalls(COUNT, NOW_MS, 90));
  own = openHub(database.config);
  asked = [];
  own.on('query', ({ sql, bindings }: Asked) => {
    if (sql.includes('"ModelCalls"')) asked.push({ sql, bindings });
  });
  usage = createUsage({
    database: own,
    calls: aigneHubCalls(),
    authenticate: () => null,
    rollup: false,
    logger: silentLogger,
    clock: { now: () => NOW_MS },
  });
  await usage.migrate();
  await usage.rollup.run();
});
afterEach(async () => {
  await usage.stop();
  await own.destroy();
  await hub.destroy();
  await database.drop();
});

/** The steps in which SQLite reads the Hub's table. */
async function readSteps({ sql, bindings }: Asked): Promise<string[]> {
  const plan = await hub.raw<{ detail: string }[]>(`explain query plan ${sql}`, bindings);
  return plan.map(({ detail }) => detail).filter((step) => step.includes('ModelCalls'));
}

test('a rollup finds rows by the indexes that the Hub’s migrations leave', async () => {
  await usage.rollup.run();
  expect(asked.length).toBeGreaterThan(30);
  // The check of the table's words reads a fixed number of rows.
  const unbounded = asked.filter(({ sql }) => !/limit (1|\?|5000|1000)/i.test(sql));
  expect(unbounded.length).toBeGreaterThan(20);
  const plans = new Set<string>();
  for (const query of unbounded) {
    for (const step of await readSteps(query)) plans.add(step);
  }
  for (const step of plans) expect(step).toMatch(/^SEARCH ModelCalls/);
  // A user's calls of a range: by the project, too, not all of the user.
  const ofUser = [...plans].filter(
    (step) => step.includes('userDid=?') && step.includes('callTime'),
  );
  expect(ofUser.length).toBeGreaterThan(0);
  for (const step of ofUser) expect(step).toMatch(/userDid=\? AND appDid=\? AND callTime>\?/);
});

test('a row that was changed in place is found, a new one in the next run and an old one within a pass', async () => {
  const calls = hubCalls(COUNT, NOW_MS, 90);
  const isOf = (index: number): boolean => calls[index]?.userDid !== null;
  const [oldest, newest] = [[1, 2, 3].find(isOf), [COUNT - 1, COUNT - 2].find(isOf)];
  const correct = async (index = 0): Promise<void> => {
    const call = calls[index];
    if (call) await writeHubCalls(hub, [{ ...call, credits: '55.5' }], Date.now());
  };
  const countDifferences = async (): Promise<number> =>
    (await usage.rollup.verify(RANGE)).differences.length;
  await correct(newest);
  await usage.rollup.run();
  expect(await countDifferences()).toBe(0);
  // Beyond the part of the pass that the last run read.
  await correct(oldest);
  expect(await countDifferences()).toBeGreaterThan(0);
  for (let run = 0; run < 3; run += 1) await usage.rollup.run();
  expect(await countDifferences()).toBe(0);
});

test('a row that came back with its old date is found', async () => {
  const [moved] = hubCalls(COUNT, NOW_MS, 90).slice(COUNT / 2 + 1);
  if (!moved) throw new Error('There are calls');
  const row = await hub<Record<string, string>>('ModelCalls').where('id', moved.id).first();
  await hub('ModelCalls').where('id', moved.id).delete();
  const startMs = moved.callTime * 1000;
  await usage.rollup.rebuild({ from: startMs, to: startMs + 1000 });
  await hub('ModelCalls').insert(row ?? {});
  await usage.rollup.run();
  expect((await usage.rollup.verify(RANGE)).differences).toEqual([]);
});
