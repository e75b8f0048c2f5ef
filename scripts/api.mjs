/**
 * `npm run api:check`: compares what the built packages publish with what was reviewed, in `api/`; exit code 1 and the lines
 * that differ where they do. `npm run api:update` writes `api/` and the sizes that the READMEs name. Needs a build.
 *
 * docs/releasing.md says what each file of `api/` is, and what a change of it means.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describePackage } from './lib/api/describe-package.mjs';
import { correctSizes, countInstalled, findPackedProblems, packDry } from './lib/api/packed.mjs';
import { compareSnapshots, writeSnapshots } from './lib/api/snapshots.mjs';
import { PUBLISHED } from './lib/release.mjs';
import { root } from './lib/run.mjs';

const SNAPSHOTS = join(root, 'api');

const updates = process.argv.includes('--update');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const licence = readFileSync(join(root, 'LICENSE'), 'utf8');
const snapshots = new Map();
const problems = [];

for (const name of PUBLISHED) {
  const folder = join(root, 'packages', name);
  if (!existsSync(join(folder, 'dist'))) {
    console.error(`packages/${name} has no build: npm run build`);
    process.exit(1);
  }
  const packed = packDry(folder);
  for (const [file, text] of Object.entries(await describePackage(folder, packed.paths))) {
    snapshots.set(`${name}/${file}.txt`, text);
  }
  const found = findPackedProblems(packed.paths, folder, licence);
  problems.push(...found.map((problem) => `packages/${name}: ${problem}`));
  checkSizes(name, { ...packed, installed: countInstalled(lock, `packages/${name}`) });
}
if (updates) writeSnapshots(SNAPSHOTS, snapshots);
else problems.push(...compareSnapshots(SNAPSHOTS, snapshots));

for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(
    '\nWhere a change is meant: npm run api:update, and a changeset for those who notice it (docs/releasing.md).',
  );
  process.exit(1);
}
console.log(`${snapshots.size} files of api/ ${updates ? 'written' : 'are as the packages are'}`);

/** Corrects, or complains about, what a README says of its package's size. */
function checkSizes(name, sizes) {
  const file = join(root, 'packages', name, 'README.md');
  const corrected = correctSizes(readFileSync(file, 'utf8'), sizes);
  if (corrected === null) return;
  if (updates) writeFileSync(file, corrected.text);
  else problems.push(`packages/${name}/README.md: the sizes are ${corrected.sizes}`);
}
