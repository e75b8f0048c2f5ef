/**
 * Installs other copies of SQLite than that of this repository, as a host may have them, for `test/faults/sqlite-copies.test.ts`:
 * `node scripts/install-sqlite-copies.mjs`. Not as dependencies, because compiling them takes minutes where npm has none prebuilt.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNpm } from '../../../scripts/lib/run.mjs';

const directory = join(root, '.cache', 'sqlite-copies');
const manifest = {
  private: true,
  dependencies: {
    // Those of AIGNE Hub.
    sequelize: '6.37.7',
    sqlite3: '5.1.7',
    'better-sqlite3': '^12.0.0',
  },
  allowScripts: { sqlite3: true, 'better-sqlite3': true },
};

mkdirSync(directory, { recursive: true });
writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest, null, 2));
process.exitCode = await runNpm(['install', '--no-audit', '--no-fund', '--loglevel=error'], {
  cwd: directory,
});
