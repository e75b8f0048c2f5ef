import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import knex from 'knex';
import { expect, test } from 'vitest';
import { sqliteServer } from '../helpers/test-databases.js';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

test('a command whose reader has left does its work, without a word of it', async () => {
  const database = await sqliteServer.create();
  const { filename } = database.config.connection as { filename: string };
  const loader = ['--conditions=usage-kit-source', '--import', import.meta.resolve('tsx')];
  const command = ['migrate', '--database', `sqlite:${filename}`];
  const child = spawn(process.execPath, [...loader, CLI, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let problems = '';
  child.stderr.on('data', (chunk: Buffer) => (problems += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect([code, problems]).toEqual([0, '']);
  const own = knex({ ...database.config, useNullAsDefault: true });
  expect(await own.schema.hasTable('model_calls')).toBe(true);
  await own.destroy();
  await database.drop();
});
