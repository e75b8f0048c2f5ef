import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** In the order in which they are published: a package after those that it depends on. */
export const PUBLISHED = ['server-sdk', 'widgets', 'react-pages'];

/**
 * The manifests of the packages that are published.
 * @param {string} root of the repository
 * @returns {({ folder: string, name: string, version: string } & Record<string, unknown>)[]}
 */
export function readManifests(root) {
  return PUBLISHED.map((name) => {
    const folder = join(root, 'packages', name);
    return { ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')), folder };
  });
}

/** The changesets that no release has yet. */
export function listPending(root) {
  return readdirSync(join(root, '.changeset')).filter(
    (file) => file.endsWith('.md') && file !== 'README.md',
  );
}

/**
 * What has to be mended before a release.
 *
 * @param {string} root of the repository
 * @param {ReturnType<typeof readManifests>} manifests
 * @param {string | null} tag that the release is made of; `null`: not known
 * @returns {string[]} a line each; empty: it can be released
 */
export function findReleaseProblems(root, manifests, tag) {
  const [{ version }] = manifests;
  const problems = listPending(root).map((file) => `.changeset/${file} is in no version yet`);
  if (tag !== null && tag !== `v${version}`) {
    problems.push(`The tag ${tag} is not that of version ${version}`);
  }
  for (const manifest of manifests) {
    const { name, folder } = manifest;
    if (manifest.version !== version) problems.push(`${name} has version ${manifest.version}`);
    if (manifest.repository === undefined) {
      problems.push(`${name} has no repository, and provenance is refused without it`);
    }
    if (!existsSync(join(folder, 'dist'))) problems.push(`${name} has no build`);
    const changelog = join(folder, 'CHANGELOG.md');
    const isNamed =
      existsSync(changelog) && readFileSync(changelog, 'utf8').includes(`\n## ${version}\n`);
    if (!isNamed) problems.push(`${name} has nothing of ${version} in its CHANGELOG.md`);
  }
  return problems;
}
