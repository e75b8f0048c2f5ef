import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelCallInput } from '../../src/index.js';
import { NOW_MS, openTestUsage } from '../helpers/create-test-usage.js';

const WORKER = fileURLToPath(new URL('../helpers/sqlite-copies-worker.ts', import.meta.url));
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

/** How the attempts of a process ended in which a second copy of SQLite is loaded. */
async function inProcessOfTwoCopies(when: 'before' | 'after' | 'elsewhere'): Promise<string[]> {
  const options = JSON.stringify({ file: join(directory, 'usage.db'), directory, when });
  const tsx = import.meta.resolve('tsx');
  const args = ['--conditions=source', '--import', tsx, WORKER, options];
  const { stdout } = await run(process.execPath, args);
  return JSON.parse(stdout) as string[];
}

// Which files a process has open is only told by Linux.
describe.runIf(process.platform === 'linux')('another copy of SQLite in the process', () => {
  test('that has the file open is found before anything is opened or written', async () => {
    expect(await inProcessOfTwoCopies('before')).toEqual(['SQLITE_COPIES', 'SQLITE_COPIES']);
    expect(statSync(join(directory, 'usage.db')).size).toBe(0);
  });

  test('that opens the file later is found before the next write', async () => {
    expect(await inProcessOfTwoCopies('after')).toEqual(['done', 'done', 'SQLITE_COPIES']);
  });

  test('that has other files open is no matter', async () => {
    expect(await inProcessOfTwoCopies('elsewhere')).toEqual(['done', 'done']);
  });
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
  const args = ['--conditions=source', '--import', import.meta.resolve('tsx')];
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
