import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpm } from '../run.mjs';

/** What is never published. */
const NEVER =
  /\.(test|stories|fixture)\.|(^|\/)(test|tests|test-support|stories|bench|scripts|\.cache)\//;

/**
 * What `npm pack` would publish of a package as it is built.
 * @param {string} folder of the package
 * @returns {{ paths: string[], packed: number, unpacked: number }} both sizes in bytes
 */
export function packDry(folder) {
  const output = JSON.parse(readNpm(['pack', '--dry-run', '--json', '--ignore-scripts'], folder));
  // A list, or an object by the package's name: that depends on npm's version.
  const [{ files, size, unpackedSize }] = Object.values(output);
  return { paths: files.map(({ path }) => path), packed: size, unpacked: unpackedSize };
}

/**
 * What is wrong with the files of a package that would be published.
 * @param {string[]} paths
 * @param {string} folder of the package
 * @param {string} licence the repository's
 */
export function findPackedProblems(paths, folder, licence) {
  const missing = ['LICENSE', 'README.md', 'package.json'].filter((file) => !paths.includes(file));
  const problems = missing.map((file) => `${file} is not published`);
  if (paths.includes('LICENSE') && readFileSync(join(folder, 'LICENSE'), 'utf8') !== licence) {
    problems.push('LICENSE is not that of the repository');
  }
  return [
    ...problems,
    ...paths.filter((path) => NEVER.test(path)).map((path) => `${path} is published`),
  ];
}

/**
 * The files of a package, a name a line: `-HASH` in place of the hash of a build, and of sources only their folders, which
 * change with every refactoring.
 * @param {string[]} paths
 */
export function describeFiles(paths) {
  const names = new Set(paths.map((path) => dropHash(dropSource(path))));
  return `${[...names].sort().join('\n')}\n`;
}

function dropSource(path) {
  return path.replace(/^(src\/.*?)[^/]+(\.\w+)$/, '$1*$2');
}

/** Bundlers end names with eight letters, digits, `-` or `_`, of which a word has no digit and no capital. */
function dropHash(path) {
  return path.replace(
    /^(dist\/[\w-]+?)-((?=[\w-]*[A-Z0-9])[\w-]{8})(\.d\.c?ts|\.c?js|\.js\.map)$/,
    '$1-HASH$3',
  );
}

/**
 * How many packages npm installs with a package, by the lock file: its dependencies with theirs, none that is optional, and
 * not those that the host has (peers).
 *
 * @param {{ packages: Record<string, object> }} lock
 * @param {string} folder e.g. `packages/widgets`
 */
export function countInstalled({ packages }, folder) {
  const found = new Set();
  const visit = (from) => {
    for (const name of Object.keys(packages[from].dependencies ?? {})) {
      const path = resolveInLock(packages, from, name);
      if (found.has(path)) continue;
      found.add(path);
      visit(path);
    }
  };
  visit(folder);
  return found.size;
}

/** Where a package finds another, as Node looks for it. */
function resolveInLock(packages, from, name) {
  for (let base = from; ; base = base.replace(/(^|\/)[^/]+$/, '')) {
    const path = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    const entry = packages[path];
    if (entry !== undefined) return entry.link === true ? entry.resolved : path;
    if (base === '') throw new Error(`package-lock.json has no ${name} for ${from}`);
  }
}

const SIZES = /(\d+) kB to download, ([\d.]+) MB unpacked, (\d+) packages with it/;
/** A README is right while no size is further off: not every change of code is one of the README. */
const TOLERANCE = 0.1;

/**
 * Compares the sizes that a README names with those of the package.
 *
 * @param {string} readme
 * @param {{ packed: number, unpacked: number, installed: number }} sizes bytes, bytes, packages
 * @returns {{ text: string, sizes: string } | null} the README with the right sizes, and these; `null` where it is right
 * @throws Error where it names none
 */
export function correctSizes(readme, { packed, unpacked, installed }) {
  const said = SIZES.exec(readme)?.slice(1).map(Number);
  if (said === undefined) throw new Error('README.md does not say "… kB to download, …"');
  const kilobytes = packed / 1e3;
  const megabytes = unpacked / 1e6;
  const isNear = (figure, real) => Math.abs(figure - real) <= real * TOLERANCE;
  if (isNear(said[0], kilobytes) && isNear(said[1], megabytes) && said[2] === installed)
    return null;
  const parts = [
    `${kilobytes.toFixed(0)} kB to download`,
    `${megabytes.toFixed(1)} MB unpacked`,
    `${installed} packages with it`,
  ];
  const sizes = parts.join(', ');
  return { text: readme.replace(SIZES, sizes), sizes };
}
