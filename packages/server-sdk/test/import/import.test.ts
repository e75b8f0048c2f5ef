import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.js';
import { createUsage, type Totals } from '../../src/index.js';

let directory: string;
let database: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usage kit import-'));
  database = `sqlite:${join(directory, 'usage.db')}`;
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

interface CliResult {
  code: number;
  out: string;
  err: string;
}

async function cli(...argv: string[]): Promise<CliResult> {
  const result: CliResult = { code: -1, out: '', err: '' };
  result.code = await runCli([...argv, '--database', database], {
    out: (text) => (result.out += `${text}\n`),
    err: (text) => (result.err += `${text}\n`),
    progress: () => undefined,
    environment: {},
  });
  return result;
}

function write(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

async function totals(userDid: string, appDid: string | null = null): Promise<Totals> {
  const usage = createUsage({ database, authenticate: () => null, rollup: false });
  try {
    return await usage.stats.getAggregatedStats(
      userDid,
      appDid,
      '2000-01-01T00:00:00Z',
      '2100-01-01T00:00:00Z',
    );
  } finally {
    await usage.stop();
  }
}

const HEADER = 'user_did,model,status,started_at,duration_ms,input_tokens,credits';

describe('CSV', () => {
  test('columns of the fields’ names need no mapping', async () => {
    const file = write(
      'calls.csv',
      `\uFEFF${HEADER}\r\nalice,"gpt ""4"", mini",success,2026-11-01T00:00:00Z,12.5,100,0.00000001\r\n`,
    );
    const { code, out } = await cli('import', file);
    expect([code, out.split('\n')[0]]).toEqual([0, '1 records: 1 new calls, 0 known, 0 rejected']);
    expect(await totals('alice', 'unassigned')).toMatchObject({
      calls: 1,
      inputTokens: 100,
      credits: '0.00000001',
      averageDurationMs: 12.5,
    });
  });

  test('every rejected row is reported with its line and reason, the others are imported', async () => {
    const file = write(
      'calls.csv',
      [
        HEADER,
        'alice,m,success,2026-11-01T00:00:00Z,5,1,1',
        'alice,m,done,2026-11-01T00:00:00Z,5,1,1',
        'alice,m,success,yesterday,5,1,1',
        'alice,m,success,2026-11-01T00:00:00Z,5,1,1,one too many',
        ',m,success,2026-11-01T00:00:00Z,-5,1.5,1',
        'alice,m,failed,2026-11-01T00:00:00Z,5,1,1e-8',
      ].join('\n'),
    );
    const rejects = join(directory, 'rejects.jsonl');
    const { code, out, err } = await cli('import', file, '--rejects', rejects);
    expect(code).toBe(3);
    expect(out).toContain('6 records: 2 new calls, 0 known, 4 rejected');
    expect(err.match(/^line \d+/gm)).toEqual(['line 3', 'line 4', 'line 5', 'line 6']);
    expect(err).toContain('line 3: status must be one of processing, success, failed');
    const lines = readFileSync(rejects, 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { line: number }).line)).toEqual([3, 4, 5, 6]);
    expect(await totals('alice')).toMatchObject({ calls: 2, credits: '1.00000001' });
  });

  test('twice is once, under any file name', async () => {
    const rows = Array.from(
      { length: 50 },
      (_, i) => `alice,m,success,2026-11-01T00:00:${String(i).padStart(2, '0')}Z,5,1,1`,
    );
    const text = [HEADER, ...rows].join('\n');
    await cli('import', write('a.csv', text));
    const { out } = await cli('import', write('b.csv', text));
    expect(out).toContain('0 new calls, 50 known');
    expect(await totals('alice')).toMatchObject({ calls: 50, credits: '50' });
  });

  test('a column that the mapping names and the file lacks is an error, not missing data', async () => {
    const file = write('calls.csv', `${HEADER}\nalice,m,success,2026-11-01T00:00:00Z,5,1,1`);
    const { code, err } = await cli('import', file, '--map', 'credits=costs');
    expect(code).toBe(1);
    expect(err).toContain('no column costs');
  });
});

describe('mapping', () => {
  test('constants, defaults, translated values and units', async () => {
    const file = write(
      'log.csv',
      'when,ok,took,kind\n1793491200,yes,1.5,\n1793491260,no,0.25,embedding\n',
    );
    const mapping = write(
      'mapping.json',
      JSON.stringify({
        columns: { startedAt: 'when', status: 'ok', durationMs: 'took', type: 'kind' },
        constants: { userDid: 'alice', model: 'm' },
        defaults: { type: 'chatCompletion' },
        values: { status: { yes: 'success', '*': 'failed' } },
        durationUnit: 's',
        timeUnit: 's',
      }),
    );
    expect((await cli('import', file, '--mapping', mapping, '--set', 'appDid=app')).code).toBe(0);
    expect(await totals('alice', 'app')).toMatchObject({
      successfulCalls: 1,
      failedCalls: 1,
      averageDurationMs: 1500,
    });
  });

  test.each([
    [{ colums: {} }, 'mapping.colums'],
    [{ columns: { price: 'x' } }, 'mapping.columns.price'],
  ])('a misspelt %j is refused', async (mapping, name) => {
    const path = write('mapping.json', JSON.stringify(mapping));
    const { code, err } = await cli('import', write('a.csv', HEADER), '--mapping', path);
    expect(code).toBe(2);
    expect(err).toContain(name);
  });
});

describe('JSON Lines', () => {
  test('nested usage, numbers, and lines that are not JSON', async () => {
    const call = { userDid: 'alice', model: 'm', status: 'success', startedAt: 1793491200000 };
    const file = write(
      'calls.jsonl',
      [
        JSON.stringify({ ...call, id: 'a', usage: { inputTokens: 5 }, metadata: { k: 1 } }),
        '{ "userDid": ',
        '[]',
        '',
        JSON.stringify({ ...call, id: 'b', credits: 0.1 }),
      ].join('\n'),
    );
    const { code, err } = await cli('import', file);
    expect(code).toBe(3);
    expect(err).toBe('line 2: not JSON\nline 3: not a JSON object\n');
    expect(await totals('alice')).toMatchObject({ calls: 2, inputTokens: 5, credits: '0.1' });
  });
});

describe('killed half-way', () => {
  test('and run again, every call is there once', async () => {
    const calls = 30_000;
    const rows = Array.from(
      { length: calls },
      (_, i) => `alice,m,success,${1793491200000 + i * 1000},5,1,0.1`,
    );
    const file = write('calls.csv', [HEADER, ...rows].join('\n'));
    const entry = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
    await cli('migrate');
    const child = spawn(process.execPath, [
      '--conditions=usage-kit-source',
      '--import',
      'tsx',
      entry,
      'import',
      file,
      '--database',
      database,
    ]);
    // Killed as soon as something, and not everything, is stored.
    let stored = 0;
    while (stored === 0) stored = (await totals('alice')).calls;
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    stored = (await totals('alice')).calls;
    expect(stored).toBeLessThan(calls);
    const { out } = await cli('import', file);
    expect(out).toContain(`${calls - stored} new calls, ${stored} known`);
    expect(await totals('alice')).toMatchObject({ calls, credits: '3000' });
  });
});

const DATA = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
const MAPPINGS = fileURLToPath(new URL('../../../demo-host/mappings/', import.meta.url));

/** Real calls, where they are at hand; the project works without them. */
describe.skipIf(!existsSync(DATA))('real calls', () => {
  test('LLMPerf: 2,100 calls, 1,791 successful, and the P95 within 1 % of the exact one', async () => {
    const file = join(DATA, 'llmperf/calls.csv');
    expect(
      (
        await cli(
          'import',
          file,
          '--mapping',
          join(MAPPINGS, 'llmperf.json'),
          '--set',
          'userDid=alice',
        )
      ).code,
    ).toBe(0);
    const durations = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/))
      .filter((fields) => fields[2] === 'success')
      .map((fields) => Number(fields[6]))
      .sort((a, b) => a - b);
    const exactMs = durations[Math.ceil(0.95 * durations.length) - 1] ?? 0;
    const { p95DurationMs, ...rest } = await totals('alice');
    expect(rest).toMatchObject({ calls: 2100, successfulCalls: 1791, failedCalls: 309 });
    expect((rest.successRate ?? 0).toFixed(3)).toBe('0.853');
    expect(Math.abs((p95DurationMs ?? 0) - exactMs) / exactMs).toBeLessThan(0.01);
  });

  test('Azure: all 8,819 calls, times of 7 decimals', async () => {
    const file = join(DATA, 'azure/llm-inference-2023-code.csv');
    expect(
      (
        await cli(
          'import',
          file,
          '--mapping',
          join(MAPPINGS, 'azure-llm-inference-2023.json'),
          '--set',
          'userDid=alice',
        )
      ).code,
    ).toBe(0);
    expect((await totals('alice')).calls).toBe(8819);
    const { default: knex } = await import('knex');
    const own = knex({
      client: 'sqlite3',
      connection: { filename: join(directory, 'usage.db') },
      useNullAsDefault: true,
    });
    const rows = await own<{ input_tokens: number; started_at_ms: number }>('model_calls').select(
      'input_tokens',
      'started_at_ms',
    );
    await own.destroy();
    const inFile = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([time = '', tokens]) => [Date.parse(`${time.slice(0, 23)}Z`), Number(tokens)]);
    const byTime = ([a = 0, b = 0]: number[], [c = 0, d = 0]: number[]): number => a - c || b - d;
    const stored = rows.map((row) => [row.started_at_ms, row.input_tokens]);
    expect(stored.sort(byTime)).toEqual(inFile.sort(byTime));
  });
});

describe('the command line', () => {
  test.each([
    [[], 2, 'usage-kit import FILE'],
    [['--help'], 0, 'usage-kit import FILE'],
    [['fly'], 2, 'no command "fly"'],
    [['stats'], 2, 'did you mean status?'],
    [['status', '--mapping', 'm.json'], 2, '--mapping is no option of status'],
    [['migrate', '--max-lag', '5'], 2, '--max-lag is no option of migrate'],
    [['verify', '--rejects', 'x'], 2, '--rejects is no option of verify'],
    [['import', 'x.csv', '--to', 'x'], 2, '--to is no option of import'],
    [['import', 'x.csv', '--from', 'litelm'], 2, 'did you mean litellm?'],
    [['status', 'now'], 2, 'takes no operand; got "now"'],
    [['import', 'x.csv', '--mapings', 'x'], 2, 'did you mean mapping?'],
    [['import', 'x.csv', '--map', 'credit=x'], 2, 'did you mean credits?'],
    [['import', 'x.csv', '--format', 'json'], 2, 'format must be csv or jsonl or otlp; got "json"'],
    [['import', 'x.csv', '--id-prefix', 'x'.repeat(65)], 2, 'idPrefix'],
    [['constructor'], 2, 'no command'],
    [['import'], 2, 'takes one file'],
    [['status'], 1, 'run usage-kit migrate'],
    [['status', '--grace', 'x'], 2, '--grace'],
    [['import', 'x.csv', '--map', 'credits'], 2, 'field=value'],
    [['import', '/nowhere/x.csv'], 1, 'ENOENT'],
  ])('%j ends with %d', async (argv, code, text) => {
    const result = await cli(...argv);
    expect([result.code, result.out + result.err]).toEqual([code, expect.stringContaining(text)]);
  });

  test.each(['status', 'verify', 'rebuild', 'rollup'])(
    '%s makes no database that is not there',
    async (name) => {
      const range = ['--from', '2026-10-01T00:00:00Z', '--to', '2026-11-10T00:00:00Z'];
      const { code, err } = await cli(name, ...(/^re|^v/.test(name) ? range : []));
      expect([code, err]).toEqual([1, expect.stringContaining('There is no database at')]);
      expect(existsSync(join(directory, 'usage.db'))).toBe(false);
    },
  );

  test('status tells how far the rollup is, and warns when it lags', async () => {
    const file = write('calls.csv', `${HEADER}\nalice,m,success,2026-11-01T00:00:00Z,5,1,1`);
    await cli('import', file);
    const fresh = await cli('status');
    expect(fresh.code).toBe(0);
    expect(JSON.parse(fresh.out)).toMatchObject({ dirtyHours: 0, lastFailure: null });
    expect((await cli('status', '--max-lag', '0')).code).toBe(3);
    const range = ['--from', '2026-10-01T00:00:00Z', '--to', '2026-11-10T00:00:00Z'];
    expect((await cli('verify', ...range)).out).toContain(' 0 differences');
    expect((await cli('rebuild', ...range, '--user', 'alice')).out).toBe('1 hours rebuilt\n');
    expect((await cli('verify', '--from', 'x')).code).toBe(2);
    expect((await cli('rollup')).code).toBe(0);
  });
});
