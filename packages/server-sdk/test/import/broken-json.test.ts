import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importFile, type Imported } from '../helpers/import-file.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-import-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const constants = { userDid: 'alice', status: 'success' };
const models = ({ rows }: Imported): unknown[] => rows.map(({ model }) => model);

describe('broken JSON', () => {
  const lines = [1, 2, 3].map((minute) =>
    JSON.stringify({ model: `m${minute}`, startedAt: `2026-11-20T10:0${minute}:00Z` }),
  );
  const [, second = ''] = lines;
  const unquoted = second.replace('"m2"', '"m2');
  test.each([
    ['a quote that is missing in an array', `[\n${lines.join(',\n').replace(second, unquoted)}\n]`],
    ['a quote in a page', `{"data":[\n${lines.join(',\n').replace(second, unquoted)}\n]}`],
    ['a brace in an array', `[\n${lines.join(',\n').replace(second, second.slice(0, -1))}\n]`],
    ['a brace too many', `[\n${lines.join(',\n').replace(second, `}\n,${second}`)}\n]`],
  ])('%s costs its own record', async (name, text) => {
    const imported = await importFile(directory, text, { constants });
    const others = name.includes('too many') ? ['m1', 'm2', 'm3'] : ['m1', 'm3'];
    expect([imported.code, models(imported)]).toEqual([3, others]);
    expect(imported.text).toContain('line 3: not JSON');
  });

  test('a first line that is broken costs itself', async () => {
    const text = [lines[0]?.slice(0, -1), second, lines[2]].join('\n');
    expect(models(await importFile(directory, text, { constants }))).toEqual(['m2', 'm3']);
  });

  test.each(['[]', ' [ ]\n', '{"data":[]}'])('%s is an export of nothing', async (text) => {
    expect(await importFile(directory, text, { constants })).toMatchObject({ code: 0, rows: [] });
  });
});
