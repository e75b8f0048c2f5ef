import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.js';
import { checkMapping } from '../../src/import/mapping.js';
import { PRESETS } from '../../src/import/presets/all-presets.js';
import { REPORT_FORMATS } from '../../src/reconcile/report-formats.js';
import { importFile } from '../helpers/import-file.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const section = (title: string): string =>
  new RegExp(`^#+ ${title}\n([^]*?)(?=^## |$(?![^]))`, 'm').exec(README)?.[1] ?? '';
const FILES = section('Files of other tools');
const BILL = section('Check against the bill');
const commandsOf = (text: string): string[][] =>
  [...text.matchAll(/^npx usage-kit ([^#\n]+)/gm)].map(([, line = '']) => line.trim().split(/\s+/));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-readme-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const STARTED = '2025-11-20 10:00:00';
const anthropic = (tokens: number): object => ({
  data: [
    {
      starting_at: '2025-11-20T00:00:00Z',
      results: [{ model: 'claude', uncached_input_tokens: tokens, output_tokens: 1 }],
    },
  ],
});
/** Small files of the names in the README. */
const CONTENTS: Readonly<Record<string, string | Buffer>> = {
  'spend-logs.csv': `request_id,spend,model,startTime,user,custom_llm_provider\nr1,0.5,gpt-4o,${STARTED},bob,openai\n`,
  'activity.csv': `generation_id,cost_total,model_permaslug,created_at,finish_reason_normalized\ng1,0.1,m,${STARTED},stop\n`,
  'observations.jsonl.gz': gzipSync(
    JSON.stringify({
      ...{ id: 'o1', type: 'GENERATION', provided_model_name: 'm', start_time: STARTED },
      ...{ user_id: 'bob', trace_name: 'shop' },
    }),
  ),
  'costs.json': JSON.stringify({
    data: [
      {
        start_time: Date.UTC(2025, 10, 20) / 1000,
        results: [{ amount: { value: 0.5, currency: 'usd' }, line_item: 'gpt-4o, input' }],
      },
    ],
  }),
  'usage-1.json': JSON.stringify(anthropic(1)),
  'usage-2.json': JSON.stringify(anthropic(2)),
};

/** Runs a command of the README on those files. */
async function run([name = '', ...rest]: string[]): Promise<[number, string]> {
  mkdirSync(directory, { recursive: true });
  const args = rest.map((argument) => {
    const content = CONTENTS[argument];
    if (content === undefined) return argument;
    writeFileSync(join(directory, argument), content);
    return join(directory, argument);
  });
  let text = '';
  const say = (line: string): void => {
    text += `${line}\n`;
  };
  const database = ['--database', `sqlite:${join(directory, 'usage.db')}`];
  const code = await runCli([name, ...args, ...database], {
    out: say,
    err: say,
    progress: () => undefined,
    environment: {},
  });
  return [code, text];
}

test('the commands of the README run', async () => {
  const imports = commandsOf(FILES);
  expect(imports).toHaveLength(4);
  for (const command of imports) {
    const [code, text] = await run(command);
    expect([code, text]).toEqual([
      0,
      expect.stringContaining(
        command.includes('--dry-run') ? '1 records: 1 calls' : '1 records: 1 new calls',
      ),
    ]);
  }
  const [costs = [], usage = [], ...others] = commandsOf(BILL);
  expect(others).toEqual([]);
  expect(await run(costs)).toEqual([0, expect.stringContaining('charged 0.5 USD, here 0.5')]);
  const [code, text] = await run(usage);
  expect([code, JSON.parse(text)]).toMatchObject([
    3,
    { lines: [{ figure: 'inputTokens', provider: '3', ours: null }, { provider: '2' }] },
  ]);
});

test('the mapping of the README maps a record', async () => {
  const text = /^```json\n([^]*?)^```$/m.exec(FILES)?.[1] ?? '';
  const mapping = checkMapping(JSON.parse(text));
  const record = {
    ...{ kind: 'generation', user: { id: 'bob' }, model: 'm', ts: 1763632800.25, cents: 12 },
    ...{
      start: '2025-11-20T10:00:00Z',
      first: '2025-11-20T10:00:01Z',
      end: '2025-11-20T10:00:03Z',
    },
    ...{ input: 5, cache_read: 3, total: 20, http: 200 },
  };
  const records = [record, { ...record, error: 'lost', first: record.end }, { kind: 'span' }];
  const { rows, code } = await importFile(directory, JSON.stringify(records), mapping);
  expect(code).toBe(0);
  expect(rows).toMatchObject([
    {
      ...{ status: 'success', started_at_ms: 1763632800250, duration_us: 3_000_000 },
      ...{ ttfb_us: 1_000_000, input_tokens: 8, output_tokens: 12, cost_e10: 1_200_000_000 },
    },
    { status: 'failed', ttfb_us: null },
  ]);
});

test('the README names every preset and report', () => {
  for (const [name, { mapping }] of Object.entries(PRESETS)) {
    if (mapping) expect(FILES).toContain(`| \`${name}\``);
  }
  for (const name of Object.keys(REPORT_FORMATS)) expect(BILL).toContain(`\`${name}\``);
});
