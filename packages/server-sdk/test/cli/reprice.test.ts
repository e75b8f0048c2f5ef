import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.js';
import { createUsage } from '../../src/index.js';

let directory: string;
let url: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-reprice-'));
  url = `sqlite:${join(directory, 'usage.db')}`;
  const usage = createUsage({ database: url, authenticate: () => null, rollup: false });
  await usage.migrate();
  await usage.calls.record(
    ['acme-large', 'unheard-of'].map((model) => ({
      ...{ id: model, userDid: 'alice', model, status: 'success' as const },
      startedAt: '2026-11-20T10:00:00Z',
      usage: { inputTokens: 1000, outputTokens: 100 },
    })),
  );
  await usage.stop();
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function reprice(...argv: string[]): Promise<{ code: number; out: string }> {
  const out: string[] = [];
  const range = ['--from', '2026-11-01T00:00:00Z', '--to', '2026-12-01T00:00:00Z'];
  const code = await runCli(['reprice', ...range, ...argv, '--database', url], {
    out: (text) => out.push(text),
    err: (text) => out.push(text),
    progress: () => undefined,
    environment: {},
  });
  return { code, out: out.join('\n') };
}

function writeTable(prices: object[]): string {
  const file = join(directory, 'prices.json');
  writeFileSync(file, JSON.stringify({ name: 'acme@1', prices }));
  return file;
}

test('a table of the file prices what it knows, first dry', async () => {
  const file = writeTable([{ model: 'acme-large', input: '2', output: '10' }]);
  const lines = [
    'acme-large: no known cost to 0.003 USD, 1 of the calls',
    'Calls: 2, of which 1 would change: no known cost to 0.003 USD',
    'Without a known cost: 2 before, 1 after',
    'Nothing was written (--dry-run)',
  ];
  const dry = { code: 3, out: lines.join('\n') };
  expect(await reprice('--prices', file, '--dry-run')).toEqual(dry);
  expect(await reprice('--prices', file, '--dry-run')).toEqual(dry);
  expect((await reprice('--prices', file)).out).toContain('Calls: 2, of which 1 changed');
  expect((await reprice('--prices', file)).out).toContain(
    'Calls: 2, of which 0 changed: 0.003 USD to 0.003 USD',
  );
});

test.each([
  [[], '--prices is required'],
  [['--prices', 'missing.json'], '--prices missing.json: '],
  [
    ['--prices', 'genai', '--credits-per-unit', '0'],
    'pricing.creditsPerUnit must be a number above 0',
  ],
  [['--prices', 'genai', '--currency', 'dollars'], '--currency takes a code such as USD'],
  [['--prices', 'genai', '--to', 'soon'], 'from and to must be instants'],
])('%j is refused', async (argv, message) => {
  const { code, out } = await reprice(...argv);
  expect([code, out]).toEqual([2, expect.stringContaining(message)]);
});
