/**
 * `npm run release:version`: turns the changesets into the next version of all published packages, with their changelogs, and
 * writes that version wherever else it is. Commits nothing: look at it first. See docs/releasing.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listPending, readManifests } from './lib/release.mjs';
import { root, run, runNpm } from './lib/run.mjs';

/** Elements of two versions on one page tell each other apart by it. */
const VERSION_FILE = join(root, 'packages', 'widgets', 'src', 'base', 'version.ts');

if (listPending(root).length === 0) {
  console.error('No changesets: nothing to release');
  process.exit(1);
}
const bin = (...path) => [process.execPath, join(root, 'node_modules', ...path)];
await must(run([...bin('@changesets', 'cli', 'bin.js'), 'version']));
const manifests = readManifests(root);
const [{ version }] = manifests;
const source = readFileSync(VERSION_FILE, 'utf8');
writeFileSync(VERSION_FILE, source.replace(/'[^']+'(?=;\n$)/, `'${version}'`));
await must(runNpm(['install', '--package-lock-only', '--ignore-scripts', '--silent']));
const changelogs = manifests
  .map(({ folder }) => join(folder, 'CHANGELOG.md'))
  .filter((file) => existsSync(file));
await must(run([...bin('prettier', 'bin', 'prettier.cjs'), '--write', ...changelogs]));
console.log(
  `\nVersion ${version}. Read the changelogs, run .ci/run, commit, and tag the commit v${version}.`,
);

/** Ends with the exit code of a program that failed. */
async function must(running) {
  const code = await running;
  if (code !== 0) process.exit(code);
}
