import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run, runNpm } from './run.mjs';

const PACKAGE_DIRECTORY = join(root, 'node_modules', 'sqlite3');
const BINARY = join('build', 'Release', 'node_sqlite3.node');

/** Whether node-gyp would break here: it passes include paths to the compiler unquoted. */
export const HAS_SPACE_IN_PATH = /\s/.test(root);

/** Whether sqlite3 has its native part. */
export function isSqliteBuilt() {
  return existsSync(join(PACKAGE_DIRECTORY, BINARY));
}

/**
 * Gets sqlite3 its native part: a prebuilt one, else one compiled in a folder without spaces in its path.
 * @returns {Promise<number>} exit code
 */
export async function buildSqlite() {
  const prebuildInstall = join(root, 'node_modules', 'prebuild-install', 'bin.js');
  const prebuilt = [process.execPath, prebuildInstall, '-r', 'napi'];
  if ((await run(prebuilt, { cwd: PACKAGE_DIRECTORY })) === 0 && isSqliteBuilt()) return 0;
  console.log('  No prebuilt sqlite3 for this machine: compiling it, which takes some minutes.');
  const { version } = JSON.parse(readFileSync(join(PACKAGE_DIRECTORY, 'package.json'), 'utf8'));
  const directory = mkdtempSync(join(tmpdir(), 'usage-kit-sqlite3-'));
  try {
    const manifest = {
      private: true,
      dependencies: { sqlite3: version },
      allowScripts: { sqlite3: true },
    };
    writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
    const code = await runNpm(['install', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: directory,
    });
    if (code !== 0) return code;
    mkdirSync(join(PACKAGE_DIRECTORY, 'build', 'Release'), { recursive: true });
    copyFileSync(
      join(directory, 'node_modules', 'sqlite3', BINARY),
      join(PACKAGE_DIRECTORY, BINARY),
    );
    return 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
