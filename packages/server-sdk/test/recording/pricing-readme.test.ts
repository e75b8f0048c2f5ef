import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const EXAMPLE = fileURLToPath(new URL('../../examples/pricing.ts', import.meta.url));
const README = fileURLToPath(new URL('../../README.md', import.meta.url));

test('the README shows the example, which prints what a call costs', () => {
  expect(readFileSync(README, 'utf8')).toContain(readFileSync(EXAMPLE, 'utf8').trim());
  const directory = mkdtempSync(join(tmpdir(), 'usage-kit-pricing-'));
  try {
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--conditions=usage-kit-source', '--import', import.meta.resolve('tsx'), EXAMPLE],
      { cwd: directory, encoding: 'utf8' },
    );
    expect([status, stdout]).toEqual([0, '0.003125 USD\n']);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
