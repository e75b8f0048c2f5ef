import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.js';
import { createUsage, type ModelCallInput } from '../../src/index.js';
import type { ReconcileReport } from '../../src/reconcile/reconcile.js';
import { readOwnDays } from '../../src/reconcile/own-days-store.js';
import { withoutTransaction } from '../../src/db/transaction.js';
import { openDatabase } from '../../src/db/database.js';
import { NOW_MS, createTestUsageOn, type TestUsage } from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';

let directory: string;
let database: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-reconcile-'));
  database = `sqlite:${join(directory, 'usage.db')}`;
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

interface CliResult {
  code: number;
  text: string;
  report: ReconcileReport | null;
}

/** Compares files with the database; `--json` unless other options are given. */
async function reconcile(
  from: string,
  files: readonly unknown[],
  options: readonly string[] = ['--json'],
): Promise<CliResult> {
  const paths = files.map((file, at) => {
    const path = join(directory, `report-${at}`);
    writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
    return path;
  });
  const said = { out: '', err: '' };
  const argv = ['reconcile', '--from', from, ...paths, '--database', database, ...options];
  const code = await runCli(argv, {
    out: (line) => (said.out += `${line}\n`),
    err: (line) => (said.err += `${line}\n`),
    progress: () => undefined,
    environment: {},
  });
  const isJson = options.includes('--json') && said.out !== '';
  return {
    code,
    text: said.out + said.err,
    report: isJson ? (JSON.parse(said.out) as ReconcileReport) : null,
  };
}

async function record(...calls: Partial<ModelCallInput>[]): Promise<void> {
  const usage = createUsage({ database, authenticate: () => null, rollup: false });
  await usage.migrate();
  await usage.calls.record(
    calls.map((call) => ({
      userDid: 'alice',
      model: 'gpt-4o',
      provider: 'openai',
      status: 'success' as const,
      startedAt: '2025-11-20T10:00:00Z',
      usage: { inputTokens: 100, outputTokens: 10 },
      ...call,
    })),
  );
  await usage.rollup.run();
  await usage.stop();
}

const DAY_S = 86_400;
const START_S = Date.UTC(2025, 10, 20) / 1000;
const bucket = (day: number, ...results: object[]): object => ({
  object: 'bucket',
  start_time: START_S + day * DAY_S,
  end_time: START_S + (day + 1) * DAY_S,
  results,
});
const page = (...data: object[]): object => ({ object: 'page', data, has_more: false });
const charge = (
  value: number | string,
  line_item: string | null = 'gpt-4o-2024-08-06, input',
): object => ({
  amount: { value, currency: 'usd' },
  line_item,
});
const brief = ({ report }: CliResult): unknown[] =>
  (report?.lines ?? []).map(({ day, model, provider, ours, difference, isOff, reasons }) => [
    ...[day.slice(8), model, provider, ours, difference, isOff],
    reasons.join('; '),
  ]);

describe('the costs of OpenAI', () => {
  test('by UTC day and model, dated or not, to the last decimal', async () => {
    await record(
      { cost: '0.1' },
      { cost: '0.2000000001', userDid: 'bob' },
      { cost: 1, startedAt: '2025-11-21T00:00:00Z' },
    );
    const result = await reconcile('openai-costs', [
      page(bucket(0, charge(0.1), charge('0.2000000001', 'gpt-4o, output')), bucket(1, charge(1))),
    ]);
    expect(brief(result)).toEqual([
      ['20', 'gpt-4o', '0.3000000001', '0.3000000001', '0', false, ''],
      ['21', 'gpt-4o', '1', '1', '0', false, ''],
    ]);
    expect(result.code).toBe(0);
  });

  test.each([
    ['rounding', [{ cost: '0.5' }], [charge(0.500000000049), charge('0.0000000001')], false],
    [
      '2 of 3 calls have no known cost: usage-kit reprice',
      [{}, {}, { cost: 1 }],
      [charge(3)],
      true,
    ],
    [
      'calls that are not recorded here, or a price here that is too low',
      [{ cost: 1 }],
      [charge(1.5)],
      true,
    ],
    ['a price here that is too high: discounts', [{ cost: 1 }], [charge(0.5)], true],
    [
      '1 calls of it here name another provider (azure)',
      [{ cost: 1, provider: 'azure' }],
      [charge(1)],
      true,
    ],
    [
      'no call of it here: not recorded, or by another name',
      [{ cost: 1, model: 'o3' }],
      [charge(1)],
      true,
    ],
    [
      'the bill is in EUR, the sums are in USD',
      [{ cost: 1 }],
      [{ ...charge(1), amount: { value: 1, currency: 'eur' } }],
      true,
    ],
  ])('%s', async (reason, calls, charges, isOff) => {
    await record(...calls);
    const result = await reconcile('openai-costs', [page(bucket(0, ...charges))]);
    const line = result.report?.lines.find(({ model }) => model === 'gpt-4o');
    expect(line).toMatchObject({ isOff, reasons: [expect.stringContaining(reason)] });
    expect(result.code).toBe(isOff ? 3 : 0);
  });

  test.each([
    ['100', '100.0100000001', true],
    ['100', '100.01', false],
    ['0.1010000001', '0.1', true],
    ['0.101', '0.1', false],
  ])('ours %s of %s charged', async (cost, value, isOff) => {
    await record({ cost });
    const { report, code } = await reconcile('openai-costs', [page(bucket(0, charge(value)))]);
    expect([report?.lines.map((line) => line.isOff), code]).toEqual([[isOff], isOff ? 3 : 0]);
  });

  test('calls of the provider that are not charged, on a day without a charge too', async () => {
    await record({ cost: 1 }, { cost: 1, provider: 'anthropic' }, { cost: 1, provider: null });
    const result = await reconcile('openai-costs', [page(bucket(0))]);
    expect(brief(result)).toEqual([
      [
        '20',
        'gpt-4o',
        null,
        '1',
        '1',
        true,
        'not in the report: another account or key paid for it',
      ],
    ]);
  });

  test('a day that is charged as a whole, and a user', async () => {
    await record({ cost: 1 }, { cost: 2, model: 'o3', userDid: 'bob' });
    const report = [page(bucket(0, charge(3, null)))];
    expect(brief(await reconcile('openai-costs', report))).toEqual([
      ['20', null, '3', '3', '0', false, ''],
    ]);
    const ofBob = await reconcile('openai-costs', report, ['--json', '--user', 'bob']);
    expect(brief(ofBob)).toEqual([
      ['20', null, '3', '2', '-1', true, 'the bill is of all users, the sums are of one'],
    ]);
  });

  test('CSV, several files, and a table for people', async () => {
    await record({ cost: '0.25' });
    const csv = `start_time,amount_value,amount_currency,line_item\n${START_S},0.250000000000000000000000000000,usd,"gpt-4o, input"\n`;
    const next = page(bucket(1, charge('0.5')));
    const { text, code } = await reconcile('openai-costs', [csv, next], []);
    expect(code).toBe(3);
    expect(text).toBe(
      `day         model   figure    provider  ours  difference  likely reason
2025-11-20  gpt-4o  cost USD      0.25  0.25           0
2025-11-21  gpt-4o  cost USD       0.5     -        -0.5  ! no call of it here: not recorded, or by another name
2025-11-20 to 2025-11-21 UTC: 2 figures compared, 1 differ by more than a cent or 1 %; charged 0.75 USD, here 0.25
`,
    );
  });

  test('a page that is not the last, and rows that can’t be read', async () => {
    await record({ cost: 1 });
    const partial = { ...page(bucket(0, charge(1))), has_more: true };
    const first = await reconcile('openai-costs', [partial], []);
    expect([first.code, first.text]).toEqual([
      3,
      expect.stringContaining('more of the report (has_more)'),
    ]);
    const second = await reconcile('openai-costs', [page(bucket(0, charge(1), charge('much')))]);
    expect([second.code, second.report?.faults]).toEqual([
      3,
      ['line 1: its amounts could not be read'],
    ]);
  });

  test('another file, a missing option and a database without tables', async () => {
    expect((await reconcile('openai-costs', ['a,b\n1,2\n'])).text).toMatch(
      /No database|no database/,
    );
    await record({ cost: 1 });
    expect(await reconcile('openai-costs', ['a,b\n1,2\n'])).toMatchObject({
      code: 3,
      text: expect.stringContaining('no report of the costs of OpenAI (line 2: it has no day)'),
    });
    expect(await reconcile('openai-cost', [])).toMatchObject({
      code: 2,
      text: expect.stringContaining('did you mean openai-costs?'),
    });
    expect(await reconcile('openai-costs', [])).toMatchObject({ code: 2 });
  });
});

test('usage of OpenAI: calls and tokens', async () => {
  await record({}, {});
  const result = { model: 'gpt-4o', num_model_requests: 2, input_tokens: 200, output_tokens: 25 };
  const csv = `start_time,num_model_requests,model,input_tokens,output_tokens\n${START_S},2.0,gpt-4o,200.0,25.0\n${START_S + 60},,,,\n`;
  for (const file of [page(bucket(0, result)), csv]) {
    const { report, code } = await reconcile('openai-usage', [file]);
    expect([code, report?.lines]).toMatchObject([
      3,
      [
        { figure: 'calls', provider: '2', ours: '2', isOff: false, reasons: [] },
        { figure: 'inputTokens', provider: '200', ours: '200', isOff: false },
        { figure: 'outputTokens', provider: '25', ours: '20', difference: '-5', isOff: true },
      ],
    ]);
  }
});

test('Anthropic: costs in cents, input tokens with those of the cache', async () => {
  const call = { model: 'claude-sonnet-4-20250514', provider: 'anthropic', cost: '1.2378912' };
  await record({ ...call, usage: { inputTokens: 2200, outputTokens: 500 } });
  const of = (result: object): object => ({
    data: [
      { starting_at: '2025-11-20T00:00:00Z', results: [{ model: 'claude-sonnet-4', ...result }] },
    ],
  });
  const costs = await reconcile('anthropic-costs', [of({ currency: 'USD', amount: '123.78912' })]);
  expect([costs.code, brief(costs)]).toEqual([
    0,
    [['20', 'claude-sonnet-4', '1.2378912', '1.2378912', '0', false, '']],
  ]);
  const usage = of({
    uncached_input_tokens: 1500,
    cache_creation: { ephemeral_1h_input_tokens: 100, ephemeral_5m_input_tokens: 400 },
    cache_read_input_tokens: 200,
    output_tokens: 500,
  });
  const csv = `usage_date_utc,model_version,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_read,usage_output_tokens\n2025-11-20,claude-sonnet-4,1500,500,200,500\n`;
  for (const file of [usage, csv]) {
    const { report, code } = await reconcile('anthropic-usage', [file]);
    expect([code, report?.lines.map(({ ours, provider }) => [ours, provider])]).toEqual([
      0,
      [
        ['2200', '2200'],
        ['500', '500'],
      ],
    ]);
  }
});

test('gateways: of any provider, and nothing of what went elsewhere', async () => {
  await record({ cost: '0.5', provider: 'Groq', model: 'openai/gpt-oss' }, { cost: 9 });
  const activity =
    'generation_id,created_at,cost_total,model_permaslug,tokens_prompt\ng1,2025-11-20 10:00:00.5,0.5,openai/gpt-oss,100\n';
  const vercel = {
    results: [{ day: '2025-11-20', model: 'openai/gpt-oss', total_cost: 0.5, request_count: 1 }],
  };
  const openrouter = await reconcile('openrouter', [activity]);
  expect([openrouter.code, openrouter.report?.lines.map(({ figure }) => figure)]).toEqual([
    0,
    ['cost', 'calls', 'inputTokens'],
  ]);
  expect(await reconcile('vercel', [vercel])).toMatchObject({ code: 0 });
});

describe.each(await takeServers())('our sums on $name', (server) => {
  let host: TestUsage;
  beforeAll(async () => {
    host = await createTestUsageOn(server);
  });
  afterAll(() => host.close());

  test('are of UTC days, of calls that are rolled up and of those that are not', async () => {
    const day = Date.UTC(2026, 10, 20);
    const at = (startedAt: number, cost: string, model = 'm'): ModelCallInput => ({
      ...{ userDid: 'alice', model, status: 'success', startedAt, cost },
      usage: { inputTokens: 3, outputTokens: 2 },
    });
    await host.usage.calls.record([
      at(day, '900000.0000000001'),
      at(day + 86_399_999, '900000.0000000002'),
      at(day - 1, '5'),
    ]);
    await host.usage.rollup.run();
    await host.usage.calls.record([at(day + 5, '0.5', 'late'), at(NOW_MS - 1000, '7')]);
    const connection = openDatabase(host.config);
    try {
      const days = { fromDay: '2026-11-20', toDay: '2026-11-20', userDid: null };
      const rows = await readOwnDays(withoutTransaction(connection), days);
      const brief = rows.map(({ model, calls, costE10, inputTokens }) => [
        model,
        calls,
        costE10,
        inputTokens,
      ]);
      expect(brief.sort()).toEqual([
        ['late', 1n, 5_000_000_000n, 3n],
        ['m', 2n, 18_000_000_000_000_003n, 6n],
      ]);
      const none = await readOwnDays(withoutTransaction(connection), { ...days, userDid: 'bob' });
      expect(none).toEqual([]);
    } finally {
      await connection.close();
    }
  });
});
