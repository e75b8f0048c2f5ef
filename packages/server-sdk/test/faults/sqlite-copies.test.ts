import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import knex from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOW_MS, openTestUsage } from '../helpers/create-test-usage.js';
import type { CopiesReport, CopiesTask, CopyName } from '../helpers/sqlite-copies-worker.js';
import { IS_LONG } from '../helpers/test-size.js';

const WORKER = fileURLToPath(new URL('../helpers/sqlite-copies-worker.ts', import.meta.url));
const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
/** Where `scripts/install-sqlite-copies.mjs` puts them. */
const PACKAGES = fileURLToPath(new URL('../../../../.cache/sqlite-copies', import.meta.url));
const run = promisify(execFile);

// Each case is a process of two or three seconds: `npm test` has time for the copy that needs no installing.
const isInstalled = IS_LONG && existsSync(join(PACKAGES, 'node_modules', '.package-lock.json'));
if (IS_LONG && !isInstalled) {
  const message = 'The other copies of SQLite are not installed: their tests are SKIPPED';
  if (process.env['CI']) throw new Error(`${message}; node scripts/install-sqlite-copies.mjs`);
  console.warn(`\n*** ${message} ***\n`);
}
/** Node has it since 22.5, and without a flag since 22.13. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const hasNodeSqlite = major > 22 || (major === 22 && minor >= 13);

const OTHER_COPIES: readonly CopyName[] = [
  ...(isInstalled ? (['sqlite3', 'sequelize', 'better-sqlite3'] as const) : []),
  ...(hasNodeSqlite ? (['node:sqlite'] as const) : []),
];
const COPIES: readonly CopyName[] = IS_LONG ? OTHER_COPIES : ['second file'];

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** What came of it in a process with another copy of SQLite. @param cwd the folder of the application */
async function inProcess(
  task: Pick<CopiesTask, 'copy' | 'when'>,
  cwd = PACKAGE,
): Promise<CopiesReport> {
  const file = join(directory, 'usage.db');
  const whole: CopiesTask = { ...task, file, directory, packages: PACKAGES };
  const tsx = import.meta.resolve('tsx');
  const args = ['--conditions=usage-kit-source', '--import', tsx, WORKER, JSON.stringify(whole)];
  const { stdout } = await run(process.execPath, args, { cwd });
  return JSON.parse(stdout) as CopiesReport;
}

// Which files a process has open is only told by Linux.
describe.runIf(process.platform === 'linux')('another copy of SQLite in the process', () => {
  test.each(COPIES)('%s that has the file open is found before it is written', async (copy) => {
    const { ended } = await inProcess({ copy, when: 'before' });
    expect(ended).toEqual(['SQLITE_COPIES', 'SQLITE_COPIES']);
    // Sequelize made a table in it.
    const size = copy === 'sequelize' ? 8192 : 0;
    expect(statSync(join(directory, 'usage.db')).size).toBe(size);
  });

  test.each(COPIES)('%s that opens the file later is found before the next write', async (copy) => {
    const { ended } = await inProcess({ copy, when: 'after' });
    expect(ended).toEqual(['done', 'done', 'SQLITE_COPIES']);
  });

  test.each(COPIES)('%s that has other files open is no matter', async (copy) => {
    const { ended } = await inProcess({ copy, when: 'elsewhere' });
    expect(ended).toEqual(['done', 'done']);
  });

  // Version 5.1.7 with SQLite 3.44, and Sequelize with it on the same file.
  describe.runIf(isInstalled)('of a host that has the driver', () => {
    test('the one of its application is used, and no other is loaded', async () => {
      const { ended, loaded } = await inProcess({ copy: 'sequelize', when: 'before' }, PACKAGES);
      expect(ended).toEqual(['done', 'done']);
      expect(loaded).toHaveLength(1);
      expect(loaded[0]).toContain(PACKAGES);
    });

    test('the one that it loaded is used, wherever it came from', async () => {
      const { ended, loaded } = await inProcess({ copy: 'sequelize', when: 'host' });
      expect(ended).toEqual(['done', 'done']);
      expect(loaded).toHaveLength(1);
      expect(loaded[0]).toContain(PACKAGES);
    });
  });
});

test.runIf(isInstalled)(
  'a process with another version writes the same file, and nothing is lost',
  async () => {
    const file = join(directory, 'usage.db');
    const usage = openTestUsage({ database: `sqlite:${file}`, clock: { now: () => NOW_MS } });
    await usage.migrate();
    const host = `
    const { Database } = require('sqlite3');
    const database = new Database(${JSON.stringify(file)});
    const run = (sql) => new Promise((resolve, reject) => database.run(sql, (error) => error ? reject(error) : resolve()));
    (async () => {
      await run('pragma busy_timeout = 10000');
      await run('create table hosts (n integer)');
      for (let n = 0; n < 150; n += 1) await run('insert into hosts values (' + n + ')');
      database.get('select sqlite_version() as version', (error, { version }) => console.log(version));
    })();`;
    const other = run(process.execPath, ['--eval', host], { cwd: PACKAGES });
    for (let n = 0; n < 150; n += 1) {
      await usage.calls.record({
        ...{ userDid: 'alice', id: `own-${n}`, model: 'm', status: 'success' as const },
        startedAt: NOW_MS - 60_000,
      });
    }
    expect((await other).stdout.trim()).toBe('3.44.2');
    const { calls } = await usage.stats.getAggregatedStats('alice', 'unassigned', 0, NOW_MS + 1);
    await usage.stop();
    const own = knex({ client: 'sqlite3', connection: { filename: file }, useNullAsDefault: true });
    const [counted] = await own('hosts').count({ hosts: '*' });
    const check: unknown = await own.raw('pragma integrity_check');
    await own.destroy();
    expect({ calls, ...counted, check }).toEqual({
      ...{ calls: 150, hosts: 150 },
      check: [{ integrity_check: 'ok' }],
    });
  },
);
