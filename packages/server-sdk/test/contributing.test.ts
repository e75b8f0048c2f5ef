import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const PACKAGES = join(ROOT, 'packages');
const text = readFileSync(join(ROOT, 'docs', 'contributing.md'), 'utf8');
const paths = listPaths(text);

/** Paths between backticks; neither patterns nor commands nor paths of the API. */
function listPaths(document: string): string[] {
  return [...document.matchAll(/`([^`\s]+)`/g)]
    .map(([, path = '']) => path.replace(/\/$/, ''))
    .filter((path) => /\/|\.(ts|md|mjs|cjs)$/.test(path))
    .filter((path) => !/[*<>:]|^[@/]|^--/.test(path));
}

/** Every file and folder of the packages, each with a slash before its path. */
const known = listEntries(PACKAGES);

function listEntries(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (/^(node_modules|dist|\..*)$/.test(entry.name)) return [];
    const path = join(folder, entry.name);
    const own = `/${relative(PACKAGES, path)}`;
    return entry.isDirectory() ? [own, ...listEntries(path)] : [own];
  });
}

function isThere(path: string): boolean {
  if (known.some((own) => own.endsWith(`/${path}`))) return true;
  return existsSync(join(ROOT, path)) || existsSync(join(ROOT, 'docs', path));
}

test('SECURITY.md names tests that are there', () => {
  const named = listPaths(readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')).filter((path) =>
    path.endsWith('.test.ts'),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !isThere(path))).toEqual([]);
});

describe('docs/contributing.md', () => {
  test('names many files', () => {
    expect(paths.length).toBeGreaterThan(60);
  });

  test.each([...new Set(paths)])('%s exists', (path) => {
    expect(isThere(path)).toBe(true);
  });

  test.each(['a late call handled?', 'a token revoked?', 'a figure added to the overview?'])(
    'answers: where is %s',
    (question) => {
      const [, answer = ''] = text.split(`**… ${question}**`);
      const files = [...(answer.split('\n\n')[0] ?? '').matchAll(/`[^`]+\.ts`/g)];
      expect(files.length).toBeGreaterThan(3);
    },
  );
});
