import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.js';
import { createUsage, type Usage } from '../../src/index.js';
import { sqliteServer, type TestDatabase } from '../helpers/test-databases.js';

const HOUR_MS = 3_600_000;
let database: TestDatabase;
let url: string;
let usage: Usage;
let own: Knex;

beforeEach(async () => {
  database = await sqliteServer.create();
  const { filename } = database.config.connection as { filename: string };
  url = `sqlite:${filename}`;
  own = knex({ ...database.config, useNullAsDefault: true });
  usage = createUsage({ database: url, authenticate: () => null, rollup: false });
  await usage.migrate();
});
afterEach(async () => {
  await usage.stop();
  await own.destroy();
  await database.drop();
});

async function cli(
  ...argv: string[]
): Promise<{ code: number; out: string[]; progress: string[] }> {
  const out: string[] = [];
  const progress: string[] = [];
  const code = await runCli([...argv, '--database', url], {
    out: (text) => out.push(text),
    err: (text) => out.push(text),
    progress: (text) => progress.push(text),
    environment: {},
  });
  return { code, out, progress };
}

async function record(hoursAgo: number): Promise<void> {
  const startedAt = Date.now() - hoursAgo * HOUR_MS;
  await usage.calls.record({ userDid: 'alice', model: 'm', status: 'success', startedAt });
}

test('status is well without a call, and with one that is not due', async () => {
  expect((await cli('status')).code).toBe(0);
  await record(0.01);
  expect((await cli('status')).code).toBe(0);
});

test('status warns when nothing ever rolled up the calls that wait', async () => {
  await record(5);
  const { code, out } = await cli('status');
  expect(code).toBe(3);
  const status = JSON.parse(out.join('')) as { rolledUpThrough: null; lagSeconds: number };
  expect(status.rolledUpThrough).toBeNull();
  expect(status.lagSeconds).toBeGreaterThanOrEqual(5 * 3600);
  await cli('rollup');
  expect((await cli('status')).code).toBe(0);
});

test('status warns of a last run that failed, though it does not lag', async () => {
  await record(2);
  await cli('rollup');
  await own('model_call_rollups').update({
    last_failure: 'disk full',
    last_failure_at_ms: Date.now() + 1000,
  });
  const { code, out } = await cli('status');
  expect(code).toBe(3);
  expect(out.join('')).toContain('disk full');
});

test('verify tells differences as it finds them and how far it is; rebuild tells too', async () => {
  await record(30);
  await record(3);
  await cli('rollup');
  await own('model_call_stats').increment('credits_e8', 1);
  const range = ['--from', new Date(Date.now() - 60 * HOUR_MS).toISOString()];
  range.push('--to', new Date().toISOString());
  const found = await cli('verify', ...range);
  expect(found.code).toBe(3);
  const differences = found.out.filter((line) => line.startsWith('{'));
  expect(differences.length).toBeGreaterThan(1);
  expect(found.out.at(-1)).toContain(`${differences.length} differences`);
  expect(found.progress.some((line) => /buckets compared, up to 20/.test(line))).toBe(true);
  const rebuilt = await cli('rebuild', ...range);
  expect(rebuilt.out.at(-1)).toBe('2 hours rebuilt');
  expect(rebuilt.progress.some((line) => line.includes('hours rebuilt, at 20'))).toBe(true);
  expect((await cli('verify', ...range)).code).toBe(0);
});
