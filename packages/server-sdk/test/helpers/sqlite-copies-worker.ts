import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createUsage } from '../../src/index.js';

/** How the other copy of SQLite gets into the process. */
export type CopyName = 'second file' | 'sqlite3' | 'sequelize' | 'better-sqlite3' | 'node:sqlite';

/** What the process is to do. */
export interface CopiesTask {
  /** The database of the SDK. */
  file: string;
  /** A folder that is writable. */
  directory: string;
  copy: CopyName;
  /** A folder with packages of the host's; the copies other than the first come from there. */
  packages: string;
  /** When the copy opens the file; `elsewhere`: it opens another file first. `host`: the host loads its driver before the SDK. */
  when: 'before' | 'after' | 'elsewhere' | 'host';
}

/** What the process prints, as JSON. */
export interface CopiesReport {
  /** How each attempt of the SDK's to write ended: `done`, or the error's code. */
  ended: string[];
  /** Files of SQLite's native parts that are loaded. */
  loaded: string[];
}

const task = JSON.parse(process.argv[2] ?? '{}') as CopiesTask;
const own = createRequire(import.meta.url);
const host = createRequire(join(task.packages, 'package.json'));

interface CallbackDriver {
  Database: new (file: string, done: (error: Error | null) => void) => unknown;
}

/** The driver's native part, loaded once more from another file: what a second installation of it is. */
function loadSecondFile(): CallbackDriver {
  const copy = join(task.directory, 'node_sqlite3.node');
  copyFileSync(own.resolve('sqlite3/build/Release/node_sqlite3.node'), copy);
  const module = { exports: {} };
  process.dlopen(module, copy);
  const driver = module.exports as CallbackDriver & { Database: { prototype: object } };
  // The package's JavaScript does this for its own.
  Object.assign(driver.Database.prototype, EventEmitter.prototype);
  return driver;
}

function openWithCallback({ Database }: CallbackDriver, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const database = new Database(path, (error) => {
      if (error) reject(error);
      else resolve(database);
    });
  });
}

/** Each opens a file, reads it as a host does at its start, and leaves it open. */
const OPEN: Record<CopyName, (path: string) => Promise<unknown>> = {
  'second file': (path) => openWithCallback(loadSecondFile(), path),
  sqlite3: (path) => openWithCallback(host('sqlite3') as CallbackDriver, path),
  sequelize: async (path) => {
    const { Sequelize } = host('sequelize') as {
      Sequelize: new (options: object) => { query(sql: string): Promise<unknown> };
    };
    const sequelize = new Sequelize({ dialect: 'sqlite', storage: path, logging: false });
    await sequelize.query('create table if not exists hosts (name text)');
    return sequelize;
  },
  'better-sqlite3': async (path) => {
    const Database = host('better-sqlite3') as new (path: string) => { pragma(sql: string): void };
    const database = new Database(path);
    database.pragma('schema_version');
    return Promise.resolve(database);
  },
  'node:sqlite': async (path) => {
    const name = 'node:sqlite';
    const { DatabaseSync } = (await import(name)) as {
      DatabaseSync: new (path: string) => { exec(sql: string): void };
    };
    const database = new DatabaseSync(path);
    database.exec('pragma schema_version');
    return database;
  },
};

async function openCopy(path: string): Promise<void> {
  Object.assign(globalThis, { database: await OPEN[task.copy](path) });
}

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

if (task.when === 'host') await openCopy(task.file);
const silent = (): undefined => undefined;
const usage = createUsage({
  database: `sqlite:${task.file}`,
  authenticate: () => null,
  rollup: false,
  logger: { debug: silent, info: silent, warn: silent, error: silent },
});
const ended: string[] = [];
if (task.when === 'before') await openCopy(task.file);
if (task.when === 'elsewhere') await openCopy(join(task.directory, 'other.db'));
ended.push(await attempt(() => usage.migrate()));
if (task.when === 'after') {
  ended.push(await attempt(() => usage.calls.record(call('first'))));
  await openCopy(task.file);
  // The next write looks once a second has passed.
  await new Promise((resolve) => setTimeout(resolve, 1100));
}
ended.push(await attempt(() => usage.calls.record(call('second'))));
const maps = readFileSync('/proc/self/maps', 'utf8').matchAll(/\/\S*sqlite3\.node$/gm);
const report: CopiesReport = { ended, loaded: [...new Set(Array.from(maps, ([path]) => path))] };
console.log(JSON.stringify(report));
process.exit(0);
