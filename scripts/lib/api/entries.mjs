import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The entries of a package as `exports` has them, a pattern once for each file that it matches.
 * @param {string} folder of the package, built
 * @returns {{ name: string, files: string[], types: string | null }[]} `types`: the declarations, of ES modules
 */
export function listEntries(folder, manifest) {
  return Object.entries(manifest.exports).flatMap(([name, target]) =>
    expand(folder, name, flatten(target)),
  );
}

/**
 * What a package's manifest promises: entries, commands, and what it needs to be there.
 * @returns {string} text, a promise a line
 */
export function describeManifest(entries, manifest) {
  const list = (title, members) =>
    Object.entries(members ?? {}).map(([name, value]) => `${title} ${name}: ${value}`);
  const peers = Object.entries(manifest.peerDependencies ?? {}).map(([name, range]) => {
    const isOptional = manifest.peerDependenciesMeta?.[name]?.optional === true;
    return `peer ${name}: ${range}${isOptional ? ', optional' : ''}`;
  });
  const lines = [
    ...entries.map(({ name, files }) => `entry ${name}: ${files.join(', ')}`),
    ...list('command', manifest.bin),
    ...list('engine', manifest.engines),
    ...peers.sort(),
    // Of the packages here the version is the same, and says nothing of what changed.
    ...list('dependency', manifest.dependencies).map((line) =>
      line.replace(/(@usage-kit\/[\w-]+): .*/, '$1'),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** Whether the declarations of an entry export anything: one that only registers elements does not. */
export function hasExports(file) {
  return readFileSync(file, 'utf8').trim() !== 'export {};';
}

/** The conditions of a target with their files: `import.types` → `./dist/index.d.ts`. */
function flatten(target, path = []) {
  if (typeof target === 'string') return [[path.join('.'), target]];
  return Object.entries(target).flatMap(([condition, inner]) =>
    flatten(inner, [...path, condition]),
  );
}

function expand(folder, name, conditions) {
  if (!name.includes('*')) return [toEntry(folder, name, conditions)];
  const [, pattern] = conditions.find(([condition]) => condition !== 'usage-kit-source');
  const [before, after] = pattern.split('*');
  const names = readdirSync(join(folder, dirname(pattern)))
    .filter((file) => file.endsWith(after))
    .map((file) => file.slice(0, -after.length));
  if (names.length === 0) throw new Error(`${folder}: no file matches ${before}*${after}`);
  return names.sort().map((one) =>
    toEntry(
      folder,
      name.replace('*', one),
      conditions.map(([condition, file]) => [condition, file.replace('*', one)]),
    ),
  );
}

function toEntry(folder, name, conditions) {
  const types = conditions.find(([condition]) => /^(import\.)?types$/.test(condition));
  return {
    name,
    files: conditions.map(([condition, file]) =>
      condition === '' ? file : `${condition} ${file}`,
    ),
    types: types === undefined ? null : join(folder, types[1]),
  };
}
