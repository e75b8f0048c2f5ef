import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import knex from 'knex';
import { expect, test } from 'vitest';
import { startFakeOpenAI } from '../helpers/fake-openai.js';

const EXAMPLE = fileURLToPath(new URL('../../examples/openai-recording.ts', import.meta.url));
const README = fileURLToPath(new URL('../../README.md', import.meta.url));

test('the README shows the example that is run here', () => {
  expect(readFileSync(README, 'utf8')).toContain(readFileSync(EXAMPLE, 'utf8').trim());
});

test('the example prints the answer and leaves its call in the database', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'usage-kit-openai-'));
  const server = await startFakeOpenAI();
  try {
    const child = spawn(
      process.execPath,
      ['--conditions=usage-kit-source', '--import', import.meta.resolve('tsx'), EXAMPLE],
      {
        cwd: directory,
        env: { ...process.env, OPENAI_API_KEY: 'none', OPENAI_BASE_URL: server.baseURL },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let printed = '';
    child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(printed).toBe('Hello');
    const rows = knex({
      client: 'sqlite3',
      connection: { filename: join(directory, 'usage.db') },
      useNullAsDefault: true,
    });
    const calls = await rows('model_calls');
    await rows.destroy();
    expect(calls).toMatchObject([
      { user_did: 'did:abt:alice', status: 'success', total_tokens: 12, credits_e8: 1_200_000 },
    ]);
  } finally {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  }
});
