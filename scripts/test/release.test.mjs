import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findReleaseProblems, listPending, PUBLISHED, readManifests } from '../lib/release.mjs';

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'usage-kit-release-'));
  write('.changeset/README.md', '');
  for (const name of PUBLISHED) {
    writePackage(name, { version: '1.2.0', repository: 'somewhere' });
    write(`packages/${name}/CHANGELOG.md`, `# ${name}\n\n## 1.2.0\n\n- Faster\n`);
    write(`packages/${name}/dist/index.js`, '');
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const writePackage = (name, manifest) =>
  write(`packages/${name}/package.json`, JSON.stringify({ name, ...manifest }));
const findProblems = (tag) => findReleaseProblems(root, readManifests(root), tag);

it('releases what has its changelog, its build and its tag', () => {
  expect(findProblems('v1.2.0')).toEqual([]);
  expect(findProblems(null)).toEqual([]);
});

it('refuses changesets that are in no version, and another tag', () => {
  write('.changeset/brave-cat.md', '');
  expect(listPending(root)).toEqual(['brave-cat.md']);
  expect(findProblems('v1.3.0')).toEqual([
    '.changeset/brave-cat.md is in no version yet',
    'The tag v1.3.0 is not that of version 1.2.0',
  ]);
});

it('refuses a package of another version, without repository, build or changelog', () => {
  writePackage('react-pages', { version: '1.1.0' });
  rmSync(join(root, 'packages/react-pages/dist'), { recursive: true });
  write(
    'packages/react-pages/CHANGELOG.md',
    '# react-pages\n\n## 1.1.0\n\n- Older: 1.2.0 is next\n',
  );
  expect(findProblems('v1.2.0')).toEqual([
    'react-pages has version 1.1.0',
    'react-pages has no repository, and provenance is refused without it',
    'react-pages has no build',
    'react-pages has nothing of 1.2.0 in its CHANGELOG.md',
  ]);
});
