/**
 * `npm run release:publish`: publishes the built packages that the registry does not have in this version, each with its
 * provenance; run by `.github/workflows/release.yml` for a tag. `-- --dry-run` does all of it but publish.
 *
 * To be run again where it stopped half-way: what is published is left out. See docs/releasing.md.
 */
import { findReleaseProblems, readManifests } from './lib/release.mjs';
import { readNpm, root, runNpm } from './lib/run.mjs';

const isDry = process.argv.includes('--dry-run');
const manifests = readManifests(root);
const problems = findReleaseProblems(root, manifests, process.env.GITHUB_REF_NAME ?? null);
// Older ones ask for a login instead of the workflow's identity.
const [major, minor] = readNpm(['--version'], root).split('.').map(Number);
if (major < 11 || (major === 11 && minor < 5)) problems.push('npm 11.5 or newer is needed');
for (const problem of problems) console.error(problem);
if (problems.length > 0 && !isDry) process.exit(1);

for (const { name, version, folder } of manifests) {
  if (!isDry && isPublished(name, version)) {
    console.log(`${name} ${version} is published`);
    continue;
  }
  // Provenance is signed by the workflow's identity, which a dry run has not.
  const how = isDry ? '--dry-run' : '--provenance';
  const code = await runNpm(['publish', '--ignore-scripts', how], { cwd: folder });
  if (code !== 0) process.exit(code);
}

function isPublished(name, version) {
  try {
    return readNpm(['view', `${name}@${version}`, 'version', '--silent'], root).trim() === version;
  } catch {
    // No version of it is published yet.
    return false;
  }
}
