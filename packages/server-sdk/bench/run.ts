import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * All of the bench on one database: loads calls, builds the pre-aggregates, compares the answers.
 *
 * `run.ts [CALLS] [URL]`; a million calls on SQLite unless told otherwise. Ten million take a quarter of an hour, 6 GB of disk and
 * an otherwise idle machine.
 */
const [calls = '1000000', url = 'sqlite:../../.cache/bench.db'] = process.argv.slice(2);
for (const [script, ...args] of [
  ['load.ts', url, calls],
  ['rollup.ts', url],
  ['compare.ts', url],
]) {
  const path = fileURLToPath(new URL(script ?? '', import.meta.url));
  const { status } = spawnSync(
    process.execPath,
    ['--conditions=usage-kit-source', '--import', 'tsx', path, ...args],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
}
