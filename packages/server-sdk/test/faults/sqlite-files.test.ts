import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelCallInput } from '../../src/index.js';
import { NOW_MS, openTestUsage } from '../helpers/create-test-usage.js';

const run = promisify(execFile);

const callOf = (id: string): ModelCallInput => ({
  ...{ userDid: 'alice', id, model: 'm', status: 'success' as const },
  startedAt: NOW_MS - 60_000,
});

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

test('two processes write one file, and lose nothing', async () => {
  const database = `sqlite:${join(directory, 'usage.db')}`;
  const usage = openTestUsage({ database, clock: { now: () => NOW_MS } });
  await usage.migrate();
  const writer = `
    import { createUsage } from '@usage-kit/server-sdk';
    const usage = createUsage({ database: ${JSON.stringify(database)}, authenticate: () => null, rollup: false });
    for (let n = 0; n < 150; n += 1) {
      await usage.calls.record({ userDid: 'alice', id: 'other-' + n, model: 'm', status: 'success', startedAt: ${NOW_MS - 1} });
    }
    await usage.stop();`;
  const args = ['--conditions=usage-kit-source', '--import', import.meta.resolve('tsx')];
  const other = run(process.execPath, [...args, '--input-type=module', '--eval', writer], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  for (let n = 0; n < 150; n += 1) await usage.calls.record(callOf(`own-${n}`));
  await other;
  await usage.rollup.run();
  const { calls } = await usage.stats.getAggregatedStats('alice', 'unassigned', 0, NOW_MS + 1);
  expect(calls).toBe(300);
  await usage.stop();
  expect(readFileSync(join(directory, 'usage.db')).subarray(0, 15).toString()).toBe(
    'SQLite format 3',
  );
});

describe('a database file', () => {
  test.each(['deleted', 'replaced', 'left without its log'] as const)(
    'that is %s under the process refuses records instead of losing them',
    async (how) => {
      const file = join(directory, 'usage.db');
      const usage = openTestUsage({ database: `sqlite:${file}`, clock: { now: () => NOW_MS } });
      await usage.migrate();
      await usage.calls.record(callOf('first'));
      if (how === 'deleted') rmSync(file);
      else if (how === 'left without its log') rmSync(`${file}-wal`);
      else {
        const other = join(directory, 'other.db');
        const replacement = openTestUsage({ database: `sqlite:${other}` });
        await replacement.migrate();
        await replacement.stop();
        renameSync(other, file);
      }
      await expect(usage.calls.record(callOf('second'))).rejects.toMatchObject({
        code: 'SQLITE_CANTOPEN',
      });
      await usage.stop();
    },
  );
});
