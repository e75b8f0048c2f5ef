import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PUBLISHED } from '../release.mjs';
import { root, run, runNpm } from '../run.mjs';

/**
 * Of the settings that npm passes on to scripts those that are of this repository: which workspace, how loud, and its `.npmrc`. A
 * stranger has none of them.
 */
const OF_THIS_REPOSITORY =
  /^npm_config_(workspaces?|local_prefix|prefix|include_workspace|loglevel|engine_strict|strict_allow|omit_lockfile)/i;
const OUTSIDE = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => OF_THIS_REPOSITORY.test(name))
    .map((name) => [name, undefined]),
);

const SQLITE = join('node_modules', 'sqlite3');
const SQLITE_BINARY = join('build', 'Release', 'node_sqlite3.node');

/**
 * Packs the published packages as they are built.
 *
 * @param {string} directory for the tarballs, an empty one
 * @returns {Promise<Map<string, string>>} paths of the tarballs by the packages' names
 * @throws Error where a package is not built
 */
export async function packPackages(directory) {
  const missing = PUBLISHED.find((name) => !existsSync(join(root, 'packages', name, 'dist')));
  if (missing) throw new Error(`packages/${missing} is not built: run \`npm run build\` first.`);
  const workspaces = PUBLISHED.flatMap((name) => ['-w', `packages/${name}`]);
  const quiet = ['--silent', '--ignore-scripts', '--pack-destination', directory];
  const { options } = captureOutput();
  await succeed(runNpm(['pack', ...workspaces, ...quiet], { env: OUTSIDE, ...options }));
  const files = readdirSync(directory).filter((name) => name.endsWith('.tgz'));
  return new Map(
    PUBLISHED.map((name) => {
      const file = files.find((one) => one.startsWith(`usage-kit-${name}-`));
      if (file === undefined) throw new Error(`packages/${name} is not among ${files.join(', ')}.`);
      return [`@usage-kit/${name}`, join(directory, file)];
    }),
  );
}

/**
 * Runs npm in a project outside of this repository, as if a person did.
 *
 * @param {string} directory of the project
 * @param {{ onLine?: (line: string) => void, output?: { write(text: string): void } }} [options] of `run`
 */
export async function runNpmOutside(directory, args, options = {}) {
  await succeed(runNpm(args, { cwd: directory, env: OUTSIDE, ...options }));
}

/**
 * Installs packages in a project outside of this repository.
 *
 * @param {readonly string[]} args of `npm install`: packages, tarballs, options
 */
export async function installOutside(directory, args, options) {
  // No scripts: of all packages only sqlite3 needs one, which compiles for minutes; see `copySqlite`.
  const quiet = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  await runNpmOutside(directory, ['install', ...quiet, ...args], options);
}

/** Gives a project the native part of sqlite3 that was compiled for this checkout, where it has the package. */
export function copySqlite(directory) {
  const [here, there] = [join(root, SQLITE), join(directory, SQLITE)];
  if (!existsSync(there)) return;
  const readVersion = (place) =>
    JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')).version;
  if (readVersion(here) !== readVersion(there)) throw new Error('Two versions of sqlite3.');
  mkdirSync(join(there, dirname(SQLITE_BINARY)), { recursive: true });
  copyFileSync(join(here, SQLITE_BINARY), join(there, SQLITE_BINARY));
}

/**
 * A package with the version that this repository has of it: the newest need not run on its oldest Node, nor be the same tomorrow.
 *
 * @param {string} name
 * @returns {string} `vue@3.5.45`, or the name alone where it is not used here
 */
export function pinPackage(name) {
  const own = `node_modules/${name}`;
  const place = own in lock.packages ? own : places.find((path) => path.endsWith(`/${own}`));
  return place === undefined ? name : `${name}@${lock.packages[place].version}`;
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const places = Object.keys(lock.packages);

/** Writes a file of a project, and the folders that it is in. */
export function writeInto(directory, name, text) {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
}

/** Runs the command of a package that the project has installed. */
export async function runTool(directory, [tool, ...args], options = {}) {
  await succeed(run([toolPath(directory, tool), ...args], { cwd: directory, ...options }));
}

/** The file of a command that the project has installed. */
export const toolPath = (directory, tool) => join(directory, 'node_modules', '.bin', tool);

/** Keeps what a command prints, on both of its streams, and shows nothing of it: options of `run`. */
export function captureOutput() {
  const captured = { text: '' };
  const output = { write: (text) => void (captured.text += text) };
  return { captured, options: { onLine: () => {}, output } };
}

/** The warnings of npm in what it printed. */
export const findWarnings = (printed) => printed.match(/^npm warn .*$/gim) ?? [];

/** @throws Error where a command fails; what it printed was shown */
async function succeed(running) {
  const code = await running;
  if (code !== 0) throw new Error(`A command ended with ${code}; see above.`);
}
