import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { disableWebhook } from '../../src/alerts/outbox/webhook-store.js';
import { runCli } from '../../src/cli/run-cli.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { migrate } from '../../src/db/migrate.js';
import { createEvent, storeEvents } from '../helpers/alert-outbox.js';

let directory: string;
let url: string;
let database: Database;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-alerts-'));
  url = `sqlite:${join(directory, 'usage.db')}`;
  database = openDatabase(url);
  await migrate(database.writer);
  await storeEvents(database, 'alice', [createEvent('e-1'), createEvent('e-2')]);
});
afterEach(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

async function run(...argv: string[]): Promise<{ code: number; out: string }> {
  const out: string[] = [];
  const code = await runCli([...argv, '--database', url], {
    out: (text) => out.push(text),
    err: (text) => out.push(text),
    progress: () => undefined,
    environment: {},
  });
  return { code, out: out.join('\n') };
}

test('dead letters are listed, and sent again', async () => {
  expect(await run('alerts', 'deliveries')).toEqual({ code: 0, out: 'There are no dead letters' });
  expect((await run('alerts', 'deliveries', '--all')).out).toContain('"event":"e-2"');
  await database
    .writer('model_alert_deliveries')
    .where('event_id', 'e-1')
    .update({ status: 'dead', attempts: 7, last_error: 'responded 500', last_status: 500 });
  const listed = await run('alerts', 'deliveries', '--user', 'alice');
  expect(listed.code).toBe(3);
  expect(JSON.parse(listed.out)).toMatchObject({
    ...{ status: 'dead', user: 'alice', event: 'e-1', channel: 'callback', attempts: 7 },
    ...{ lastStatus: 500, lastError: 'responded 500' },
  });
  expect((await run('doctor')).out).toContain('alerts: 1 could not be delivered');
  const retry = ['alerts', 'retry', '--event', 'e-1', '--channel', 'callback'];
  expect((await run(...retry, '--user', 'bob')).code).toBe(3);
  expect((await run(...retry, '--user', 'alice')).code).toBe(0);
  expect(await run('alerts', 'deliveries')).toEqual({ code: 0, out: 'There are no dead letters' });
  expect((await run('doctor')).out).toContain('alerts: none was given up');
});

test('a webhook that responded 410 is enabled again', async () => {
  await disableWebhook(database, { id: 'ops', urlDigest: 'a'.repeat(64), disabledAtMs: 0 });
  expect((await run('doctor')).out).toContain('the webhook ops responded 410');
  expect((await run('alerts', 'enable', '--webhook', 'ops')).code).toBe(0);
  expect((await run('alerts', 'enable', '--webhook', 'ops')).code).toBe(3);
});

test.each([
  [['alerts'], 'takes deliveries, retry or enable'],
  [['alerts', 'send'], 'takes deliveries, retry or enable'],
  [['alerts', 'retry'], '--event'],
  [['alerts', 'enable'], '--webhook'],
  [['alerts', 'deliveries', 'x'], 'one operand'],
  [['alerts', 'deliveries', '--yes'], 'no option'],
])('%j is a wrong command line', async (argv, message) => {
  const { code, out } = await run(...argv);
  expect(code).toBe(2);
  expect(out).toContain(message);
});
