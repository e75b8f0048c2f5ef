import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { createUsage } from '../../src/index.js';

/**
 * A process in which another copy of SQLite has the file open, or opens it later, or has another file open; it prints how each
 * attempt of the SDK's ended.
 */
const { file, directory, when } = JSON.parse(process.argv[2] ?? '{}') as {
  file: string;
  directory: string;
  when: 'before' | 'after' | 'elsewhere';
};

interface Driver {
  Database: new (
    file: string,
    done: (error: Error | null) => void,
  ) => {
    run(sql: string, done: (error: Error | null) => void): void;
  };
}

/** The driver's native part, loaded once more from another file: what a second installation of it is. */
function loadCopy(): Driver {
  const require = createRequire(import.meta.url);
  const native = require.resolve('sqlite3/build/Release/node_sqlite3.node');
  const copy = join(directory, 'node_sqlite3.node');
  copyFileSync(native, copy);
  const module = { exports: {} };
  process.dlopen(module, copy);
  const driver = module.exports as Driver;
  // The package's JavaScript does this for its own.
  Object.assign(driver.Database.prototype, EventEmitter.prototype);
  return driver;
}

async function openCopy(path: string): Promise<void> {
  const { Database } = loadCopy();
  await new Promise<void>((resolve, reject) => {
    const database = new Database(path, (error) => {
      if (error) {
        reject(error);
        return;
      }
      resolve();
    });
    Object.assign(globalThis, { database });
  });
}

const usage = createUsage({
  database: `sqlite:${file}`,
  authenticate: () => null,
  rollup: false,
  logger: {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  },
});
const call = (id: string) =>
  ({ userDid: 'u', id, model: 'm', status: 'success', startedAt: new Date() }) as const;
const attempt = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
    return 'done';
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
};

const ended: string[] = [];
if (when === 'before') await openCopy(file);
if (when === 'elsewhere') await openCopy(join(directory, 'other.db'));
ended.push(await attempt(() => usage.migrate()));
if (when === 'after') {
  ended.push(await attempt(() => usage.calls.record(call('first'))));
  await openCopy(file);
  // The next write looks once a second has passed.
  await new Promise((resolve) => setTimeout(resolve, 1100));
}
ended.push(await attempt(() => usage.calls.record(call('second'))));
console.log(JSON.stringify(ended));
process.exit(0);
