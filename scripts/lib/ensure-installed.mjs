import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSqlite, HAS_SPACE_IN_PATH, isSqliteBuilt } from './build-sqlite.mjs';
import { root, runNpm } from './run.mjs';

const MIN_NODE = [20, 19];

/** Ends the program with a clear message when Node is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  console.error(`Node ${MIN_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Why the installed packages are not those of package-lock.json; `null` when they are.
 *
 * npm writes its own record of what it installed last of all, so an install that was broken off shows here.
 */
function findMissing() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return 'nothing is installed yet';
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages ?? {};
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages ?? {};
  const missing = Object.entries(wanted).find(
    ([path, entry]) => isNeeded(path, entry) && installed[path]?.version !== entry.version,
  );
  if (!missing) return null;
  return `${missing[0].replace(/^.*node_modules\//, '')} ${missing[1].version} is missing`;
}

/** Not the workspaces' own links, and not what npm may leave out on this machine. */
function isNeeded(path, entry) {
  const isPackage = path.includes('node_modules/') && !entry.link;
  return isPackage && !entry.optional && !entry.devOptional;
}

/** Installs what package-lock.json names, unless it is there. Ends the program when that fails. */
export async function ensureInstalled() {
  const missing = findMissing();
  if (!missing && isSqliteBuilt()) return;
  const startedAtMs = Date.now();
  console.log(`Installing packages (${missing ?? 'sqlite3 is not compiled'}).`);
  console.log(
    '  Without a prebuilt sqlite3 for this machine, compiling it can take several minutes.',
  );
  const heartbeat = setInterval(() => {
    console.log(`  … still installing after ${Math.round((Date.now() - startedAtMs) / 1000)} s`);
  }, 20_000);
  const code = await install(missing);
  clearInterval(heartbeat);
  if (code !== 0) {
    console.error('\nInstalling failed; npm says why above. Run `npm ci` to try by hand.');
    process.exit(code);
  }
  console.log(`  Installed in ${Math.round((Date.now() - startedAtMs) / 1000)} s.`);
}

/** sqlite3 is the only package with an install script that matters, and one that fails where a path has spaces. */
async function install(missing) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const scripts = HAS_SPACE_IN_PATH ? ['--ignore-scripts'] : [];
  const code = missing ? await runNpm(['ci', ...quiet, ...scripts]) : 0;
  return code !== 0 || isSqliteBuilt() ? code : buildSqlite();
}
