import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { describeElements } from '../lib/api/elements.mjs';
import { describeEndpoints } from '../lib/api/endpoints.mjs';
import { describeManifest, listEntries } from '../lib/api/entries.mjs';
import {
  correctSizes,
  countInstalled,
  describeFiles,
  findPackedProblems,
} from '../lib/api/packed.mjs';
import { compareSnapshots, writeSnapshots } from '../lib/api/snapshots.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-kit-api-test-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

it('names the snapshot that differs, the new one and the one that is gone', () => {
  writeSnapshots(
    folder,
    new Map([
      ['a/one.txt', 'x\n'],
      ['a/two.txt', 'y\n'],
      ['a/same.txt', 's\n'],
    ]),
  );
  const print = vi.spyOn(console, 'error').mockReturnValue();
  const now = new Map([
    ['a/one.txt', 'z\n'],
    ['a/three.txt', 'y\n'],
    ['a/same.txt', 's\n'],
  ]);
  expect(compareSnapshots(folder, now)).toEqual([
    'api/a/one.txt differs',
    'api/a/three.txt is new',
    'api/a/two.txt is of nothing that is published any more',
  ]);
  expect(print.mock.calls.join('\n')).toMatch(/-x\n\+z/);
  writeSnapshots(folder, now);
  expect(compareSnapshots(folder, now)).toEqual([]);
});

it('has an entry for each file of a pattern, with peers and commands', () => {
  writeFileSync(join(folder, 'b.js'), '');
  writeFileSync(join(folder, 'a.js'), '');
  const manifest = {
    exports: { './*': { types: './*.d.ts', default: './*.js' } },
    peerDependencies: { pg: '^8', react: '^19' },
    peerDependenciesMeta: { pg: { optional: true } },
  };
  expect(() => listEntries(folder, manifest)).toThrow('no file matches');
  writeFileSync(join(folder, 'a.d.ts'), '');
  const entries = listEntries(folder, manifest);
  expect(entries.map(({ name, types }) => [name, types])).toEqual([
    ['./a', join(folder, 'a.d.ts')],
  ]);
  expect(describeManifest(entries, manifest)).toBe(
    'entry ./a: types ./a.d.ts, default ./a.js\npeer pg: ^8, optional\npeer react: ^19\n',
  );
});

it('lists files without hashes of builds and names of sources', () => {
  const paths = [
    'dist/chunk-3V55P3TG.js',
    'dist/chunk-WPGPA6EH.js',
    'dist/usage-query--lxj6qGE.d.ts',
    'dist/usage-kit.js',
    'dist/design-tokens.json',
    'src/charts/axis.ts',
    'src/charts/drawing.ts',
    'README.md',
  ];
  expect(describeFiles(paths).trim().split('\n')).toEqual([
    'README.md',
    'dist/chunk-HASH.js',
    'dist/design-tokens.json',
    'dist/usage-kit.js',
    'dist/usage-query-HASH.d.ts',
    'src/charts/*.ts',
  ]);
});

it('finds tests, stories and a missing or other licence among what is published', () => {
  writeFileSync(join(folder, 'LICENSE'), 'other');
  const paths = [
    'LICENSE',
    'README.md',
    'src/a.test.ts',
    'src/b.stories.ts',
    'test/c.ts',
    'dist/latest.js',
  ];
  expect(findPackedProblems(paths, folder, 'MIT')).toEqual([
    'package.json is not published',
    'LICENSE is not that of the repository',
    'src/a.test.ts is published',
    'src/b.stories.ts is published',
    'test/c.ts is published',
  ]);
});

it('counts a package and what it brings once, nested ones and those of the workspace too', () => {
  const packages = {
    'packages/a': { dependencies: { b: '1', x: '1' }, devDependencies: { never: '1' } },
    'node_modules/b': { resolved: 'packages/b', link: true },
    'packages/b': { dependencies: { x: '1', y: '2' } },
    'packages/b/node_modules/y': { dependencies: { x: '1' } },
    'node_modules/x': {},
    'node_modules/y': {},
  };
  expect(countInstalled({ packages }, 'packages/a')).toBe(3);
  expect(() => countInstalled({ packages: { a: { dependencies: { z: '1' } } } }, 'a')).toThrow(
    'z for a',
  );
});

it('corrects sizes that are more than a tenth off, and counts that are off at all', () => {
  const readme = 'It is 100 kB to download, 0.5 MB unpacked, 8 packages with it.';
  expect(correctSizes(readme, { packed: 109_000, unpacked: 520_000, installed: 8 })).toBeNull();
  const corrected = correctSizes(readme, { packed: 109_000, unpacked: 520_000, installed: 9 });
  expect(corrected?.text).toBe('It is 109 kB to download, 0.5 MB unpacked, 9 packages with it.');
  expect(correctSizes(readme, { packed: 130_000, unpacked: 520_000, installed: 8 })).not.toBeNull();
  expect(() => correctSizes('', { packed: 1, unpacked: 1, installed: 1 })).toThrow('README.md');
});

it('has a line for each parameter, member and alternative of an endpoint', () => {
  const amount = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
  const text = describeEndpoints({
    paths: {
      '/calls': {
        get: {
          operationId: 'calls',
          parameters: [{ name: 'sort', in: 'query', schema: { enum: ['a', 'b'] } }],
          responses: {
            200: { content: { 'application/json': { schema: { $ref: '#/c/Calls' } } } },
          },
        },
      },
    },
    components: {
      schemas: {
        Calls: {
          properties: {
            items: {
              type: 'array',
              items: { properties: { id: { type: 'string' } }, required: ['id'] },
            },
            sum: { anyOf: [amount, { type: 'null' }], description: 'never shown' },
            claim: { oneOf: [{ properties: { amount } }, { type: 'null' }] },
          },
        },
      },
    },
  });
  expect(text).toBe(`GET /calls
  operation calls
  query sort?: anything enum ["a","b"]
  200, application/json Calls

schema Calls
  claim?
    or
      amount?: integer minimum 0
    or: null
  items?: list
    id: string
  sum?: integer minimum 0 | null
`);
});

it('lists what elements have in common once', () => {
  const toElement = (tagName, parts) => ({ tagName, cssParts: parts.map((name) => ({ name })) });
  const elements = [
    toElement('b-c', ['card', 'bar']),
    toElement('a-b', ['card']),
    toElement('c-d', ['own']),
  ];
  expect(describeElements({ modules: [{ declarations: [{ name: 'Base' }, ...elements] }] })).toBe(
    'Elements have\n  part card\n\n<a-b>, besides\n\n<b-c>, besides\n  part bar\n\n<c-d>, nothing else\n  part own\n',
  );
});
