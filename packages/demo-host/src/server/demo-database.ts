import { join } from 'node:path';
import { createHash } from 'node:crypto';
import knexFactory from 'knex';
import type { Usage } from '@usage-kit/server-sdk';
import type { DemoClock } from './demo-clock.js';
import { Progress } from './console.js';
import { importFile } from './import-file.js';
import { loadGenerated, readAnchorMs } from './load-generated.js';
import type { DemoOptions } from './demo-options.js';
import { DEMO_USERS, importedUser, type DemoUser } from './demo-users.js';
import type { PageRange } from './pages/usage-pages.js';
import { writeServegenFile } from './servegen-file.js';

/** What is known of a database before it is opened. */
export interface DemoDatabase {
  file: string;
  users: readonly DemoUser[];
  defaultRange: PageRange;
  /** The moment the generated load counts back from; `null` for imported calls. */
  anchorMs: number | null;
  /** Loads what can only be loaded through the SDK. */
  fill(usage: Usage): Promise<void>;
}

const LAST_30_DAYS: PageRange = { from: 'last-30-days', to: '' };

/** Finds the database of a load; a file is imported into it here, the generated load when it is open. */
export async function prepareDatabase(
  options: DemoOptions,
  clock: DemoClock,
): Promise<DemoDatabase> {
  const { load, directory } = options;
  if (load.kind === 'generated') {
    return {
      file: join(directory, 'generated.db'),
      users: DEMO_USERS,
      defaultRange: LAST_30_DAYS,
      anchorMs: readAnchorMs(directory, clock.now()),
      fill: (usage) => loadGenerated(usage, directory, clock.now()),
    };
  }
  if (load.kind === 'import') {
    const digest = createHash('sha256')
      .update(`${load.file}\0${load.mapping ?? ''}`)
      .digest('hex');
    const file = join(directory, `import-${digest.slice(0, 12)}.db`);
    await importFile(file, load.file, load.mapping);
    return importedDatabase(file);
  }
  const csv = join(directory, `servegen-${load.calls}.csv`);
  await writeServegenFile(load.directory, load.calls, csv, clock.now());
  const file = join(directory, `servegen-${load.calls}.db`);
  await importFile(file, csv, null);
  return importedDatabase(file);
}

async function importedDatabase(file: string): Promise<DemoDatabase> {
  const { users, firstMs, lastMs } = await readImported(file);
  return {
    file,
    users,
    // Old files must not open on an empty last month: the whole file, to the end of its last minute.
    defaultRange: rangeAround(firstMs, lastMs),
    anchorMs: null,
    fill: async () => undefined,
  };
}

const MAX_USERS = 8;

interface UserRow {
  userDid: string;
  calls: number;
  firstMs: number;
  lastMs: number;
}

async function readImported(
  file: string,
): Promise<{ users: DemoUser[]; firstMs: number; lastMs: number }> {
  const knex = knexFactory({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  try {
    const rows = (await knex('model_calls')
      .select({ userDid: 'user_did' })
      .count({ calls: '*' })
      .min({ firstMs: 'started_at_ms' })
      .max({ lastMs: 'started_at_ms' })
      .groupBy('user_did')
      .orderBy('calls', 'desc')
      .limit(MAX_USERS)) as UserRow[];
    return {
      users: rows.map((row, index) => importedUser(row.userDid, row.calls, index)),
      firstMs: Math.min(...rows.map((row) => row.firstMs)),
      lastMs: Math.max(...rows.map((row) => row.lastMs)),
    };
  } finally {
    await knex.destroy();
  }
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MAX_RANGE_DAYS = 90;

function rangeAround(firstMs: number, lastMs: number): PageRange {
  if (!Number.isFinite(firstMs)) return LAST_30_DAYS;
  const toMs = (Math.floor(lastMs / MINUTE_MS) + 1) * MINUTE_MS;
  const fromMs = Math.max(Math.floor(firstMs / DAY_MS) * DAY_MS, toMs - MAX_RANGE_DAYS * DAY_MS);
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

/** Rolls up what is due, with a progress that moves. */
export async function rollUp(usage: Usage, nowMs: number): Promise<void> {
  const progress = new Progress('Rolling up    ');
  let firstMs: number | null = null;
  const report = await usage.rollup.run({
    onProgress: ({ hourMs, hours }) => {
      firstMs ??= hourMs;
      const ratio = (hourMs - firstMs) / Math.max(1, nowMs - firstMs);
      progress.update(Math.min(1, Math.max(0, ratio)), `${hours} hours`);
    },
  });
  progress.finish(`${report.hours} hours`);
}
