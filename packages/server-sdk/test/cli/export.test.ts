import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.js';
import { createTestUsageOn, NOW_MS, type TestUsage } from '../helpers/create-test-usage.js';
import { readCsv, readNdjson } from '../helpers/exported-files.js';
import { takeServers } from '../helpers/take-servers.js';

const RANGE = ['--from', String(NOW_MS - 86_400_000 * 20), '--to', String(NOW_MS + 1)];

function toUrl({ connection }: Knex.Config): string {
  if (typeof connection === 'string') return connection;
  return `sqlite:${(connection as { filename: string }).filename}`;
}

describe.each(await takeServers())('on $name', (server) => {
  let host: TestUsage;
  let folder: string;
  beforeAll(async () => {
    host = await createTestUsageOn(server);
    folder = mkdtempSync(join(tmpdir(), 'usage-kit-export-'));
    await host.usage.calls.record(
      ['alice', 'bob'].flatMap((userDid) =>
        Array.from({ length: 1203 }, (_, index) => ({
          id: `${userDid}-${index}`,
          userDid,
          appDid: `app-${index % 2}`,
          model: 'm',
          status: 'success' as const,
          startedAt: NOW_MS - index * 60_000,
          credits: '0.5',
          durationMs: 100,
        })),
      ),
    );
    await host.usage.rollup.run();
    await host.usage.revokeEmbedTokens('alice');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await host.close();
  });

  const run = async (...args: string[]): Promise<{ code: number; lines: string[] }> => {
    const lines: string[] = [];
    const add = (text: string): void => void lines.push(text);
    const terminal = { out: add, err: add, progress: () => undefined, environment: {} };
    const code = await runCli([...args, '--database', toUrl(host.config)], terminal);
    return { code, lines };
  };
  const at = (name: string): string => join(folder, name);

  test('writes a file of a kind, with the parameters of its endpoint', async () => {
    const options = ['--user', 'alice', ...RANGE, '--project', 'app-1', '--delimiter', 'semicolon'];
    const { code } = await run('export', 'calls', ...options, '--output', at('calls.csv'));
    expect(code).toBe(0);
    const { rows, facts } = readCsv(readFileSync(at('calls.csv')), ';');
    expect([rows.length, facts.get('total credits'), facts.get('complete')]).toEqual([
      601,
      '300.5',
      'true',
    ]);
    expect(rows.every(({ id }) => String(id).startsWith('alice-'))).toBe(true);
    const xlsx = ['--format', 'xlsx', '--output', at('trends.xlsx')];
    expect((await run('export', 'trends', '--user', 'alice', ...RANGE, ...xlsx)).code).toBe(0);
    expect(readFileSync(at('trends.xlsx')).subarray(0, 2).toString()).toBe('PK');
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  test('writes nothing for a command line that is wrong', async () => {
    const output = ['--output', at('no.csv')];
    for (const args of [
      ['export', 'ledger', '--user', 'alice', ...output],
      ['export', 'calls', ...output],
      ['export', 'calls', '--user', 'alice'],
      ['export', 'calls', '--user', 'alice', '--status', 'odd', ...output],
      ['export', 'calls', '--user', 'alice', '--project', 'nobodys', ...output],
      ['export', 'calls', '--user', 'alice', '--output', at('calls.csv')],
      ['export', '--user', 'alice', '--format', 'csv', ...output],
    ]) {
      expect([args, (await run(...args)).code]).toEqual([args, 2]);
    }
    expect(existsSync(at('no.csv'))).toBe(false);
  });

  test('writes all that is stored of a person, and erase leaves nothing of it', async () => {
    const { code } = await run('export', '--user', 'alice', '--output', at('alice'));
    expect(code).toBe(0);
    const about = JSON.parse(readFileSync(at('alice/about.json'), 'utf8')) as {
      rows: Record<string, number>;
      complete: boolean;
    };
    expect(about).toMatchObject({ complete: true });
    expect(about.rows).toMatchObject({ model_calls: 1203, model_call_projects: 2 });
    for (const [table, count] of Object.entries(about.rows)) {
      const lines = readFileSync(at(`alice/${table}.ndjson`), 'utf8')
        .split('\n')
        .slice(0, -1);
      const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect([table, rows.length]).toEqual([table, count]);
      expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(count);
      expect(rows.every((row) => row['user_did'] === 'alice')).toBe(true);
    }
    await run('erase', '--user', 'alice', '--yes');
    await run('export', '--user', 'alice', '--output', at('erased'));
    const left = JSON.parse(readFileSync(at('erased/about.json'), 'utf8')) as typeof about;
    expect(Object.values(left.rows).every((count) => count === 0)).toBe(true);
    const options = ['--user', 'bob', ...RANGE, '--format', 'ndjson', '--output', at('bob')];
    await run('export', 'calls', ...options);
    expect(readNdjson(readFileSync(at('bob'))).footer?.rows).toBe(1203);
  });
});
