import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf } from '../../../packages/server-sdk/test/quota/payment-kit-fixture.js';
import * as callIndexes from '../src/call-indexes.js';
import * as statsView from '../src/stats-view.js';
import { hasHubDriver, startHub, type FakeHub } from './fake-hub.js';

const EXAMPLE = fileURLToPath(new URL('..', import.meta.url));
const CLI = fileURLToPath(new URL('../../../packages/server-sdk/src/cli.ts', import.meta.url));
const GUIDE = readFileSync(new URL('../../../docs/aigne-hub.md', import.meta.url), 'utf8');

/** Blocks of the guide in a language. */
const blocks = (language: string): string[] =>
  [...GUIDE.matchAll(/```(\w+)\n(.*?)```/gs)]
    .filter(([, name]) => name === language)
    .map(([, , code = '']) => code.trim());
const withoutSpaces = (code: string): string => code.replaceAll(/\s+/g, '');
const read = (folder: string): string[] =>
  readdirSync(`${EXAMPLE}${folder}`).map((name) =>
    readFileSync(`${EXAMPLE}${folder}/${name}`, 'utf8'),
  );

test('the code of the guide is code that is compiled and run here', () => {
  const code = withoutSpaces([...read('src'), ...read('test')].join('\n'));
  const shown = [...blocks('ts'), ...blocks('tsx')];
  expect(shown).toHaveLength(4);
  for (const block of shown) expect(code).toContain(withoutSpaces(block));
});

test('the guide names every file of the example', () => {
  for (const name of readdirSync(`${EXAMPLE}src`)) expect(GUIDE).toContain(`\`${name}\``);
});

test('the adapter takes fewer than 300 lines', () => {
  const names = ['adapter.ts', 'gradual-start.ts', 'compare-figures.ts', 'usage-pages.tsx'];
  const lines = names.map((name) => readFileSync(`${EXAMPLE}src/${name}`, 'utf8').split('\n'));
  expect(lines.flat().length).toBeLessThan(300 + names.length);
});

describe.runIf(hasHubDriver())('the guide, step by step', () => {
  let hub: FakeHub;
  let tables: object[];

  const nameTables = (): Promise<object[]> =>
    // The table of sequences that SQLite makes stays for good.
    hub.select(
      `select type, name, sql from sqlite_master where name <> 'sqlite_sequence' order by name`,
      {},
    );
  const runDoctor = async (): Promise<string> => {
    const loader = ['--conditions=usage-kit-source', '--import', import.meta.resolve('tsx')];
    const args = [CLI, 'doctor', '--calls', 'aigne-hub', '--database', `sqlite:${hub.file}`];
    const run = promisify(execFile)(process.execPath, [...loader, ...args]);
    // The exit code is 1 while there is something to do.
    return (await run.catch((error: { stdout: string }) => error)).stdout;
  };

  beforeAll(async () => {
    const gradualStart = { percent: 0, always: [] };
    const payment = clientOf({});
    hub = await startHub({ endMs: Date.now(), payment, gradualStart, isMigrated: false });
    tables = await nameTables();
  });
  afterAll(() => hub.close());

  test('the doctor says before the start what the guide says', async () => {
    const said = await runDoctor();
    const lines = blocks('text')[0]?.split('\n') ?? [];
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(said).toContain(`${line}\n`);
    expect(said.match(/^PROBLEM/gm)).toHaveLength(3);
  });

  test('nothing is to be done after the migrations and the first rollup', async () => {
    const context = hub.sequelize.getQueryInterface();
    await callIndexes.up({ context });
    await hub.usage.migrate();
    await hub.usage.rollup.run();
    await statsView.up({ context });
    const said = await runDoctor();
    expect(said).not.toContain('PROBLEM');
    expect(said).toContain('ok      indexes: (userDid, callTime)');
  });

  test('the way back leaves the database as it was', async () => {
    const context = hub.sequelize.getQueryInterface();
    await statsView.down({ context });
    await callIndexes.down({ context });
    await hub.usage.stop();
    for (const statement of (blocks('sql')[0] ?? '').split(';').filter(Boolean)) {
      await hub.sequelize.query(statement);
    }
    expect(await nameTables()).toEqual(tables);
  });
});
