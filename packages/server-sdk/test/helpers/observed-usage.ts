import knex, { type Knex } from 'knex';
import { staticQuota, type ModelCallInput } from '../../src/index.js';
import { toRows } from '../../src/db/executor.js';
import { NOW_MS, createTestUsage, serveInKoa, type TestUsage } from './create-test-usage.js';
import { ROLLED_UP, fillRows, writeProgress } from './fill-rows.js';
import { insertCalls } from './insert-calls.js';
import type { DatabaseServer } from './test-databases.js';

/** A statement that an answer took, and what came back through the driver. */
export interface Statement {
  sql: string;
  bindings: Knex.RawBinding[];
  rows: number;
  /** Of the rows as JSON. */
  bytes: number;
}

/** A usage of which every statement is seen. */
export interface ObservedUsage {
  host: TestUsage;
  knex: Knex;
  /** Answers a request; those that fail throw. */
  ask(path: string, user: string): Promise<{ body: Record<string, unknown>; asked: Statement[] }>;
  /** The statements that read, of work in this process. */
  watch(work: () => Promise<unknown>): Promise<Statement[]>;
  close(): Promise<void>;
}

/** Every endpoint as pages poll it; of the project `app-1`. */
export const POLLED_PATHS = [
  '/quota',
  '/quota-details',
  '/quota-details?groupBy=day&timeZone=Asia/Kathmandu',
  '/overview',
  '/advice',
  '/projects',
  '/projects?sparkline=calls',
  '/projects?sparkline=tokens&timeZone=Asia/Kathmandu&search=app',
  '/trends',
  '/trends?timeZone=Asia/Kathmandu',
  '/projects/app-1/stats',
  '/projects/app-1/trends',
  '/projects/app-1/models',
  '/projects/app-1/latency',
  '/projects/app-1/failures',
  '/activity',
  '/projects/app-1/calls',
  '/projects/app-1/calls?sortBy=duration',
  '/projects/app-1/calls?status=failed&model=m-1',
  '/projects/app-1/calls?status=failed&status=success&model=m-1&model=m-2&counts=true',
] as const;

/** What a query gave; `first()` gives the row itself. */
function listOf(response: unknown): unknown[] {
  if (response === undefined || response === null) return [];
  return Array.isArray(response) || 'rows' in Object(response) ? toRows(response) : [response];
}

/** Opens a usage with calls in it, all rolled up that can be. */
export async function observeUsage(
  server: DatabaseServer,
  calls: readonly ModelCallInput[],
): Promise<ObservedUsage> {
  const database = await server.create();
  const own = knex({
    ...database.config,
    ...(server.name === 'SQLite' && { useNullAsDefault: true, pool: { min: 1, max: 1 } }),
  });
  const host = await createTestUsage({
    database: own,
    quota: staticQuota({ entries: [{ id: 'g', kind: 'grant', amount: '5', occurredAt: 0 }] }),
  });
  await insertCalls(own, calls);
  for (const userDid of new Set(calls.map((call) => call.userDid))) {
    await fillRows(own, userDid, ROLLED_UP(NOW_MS));
    await writeProgress(own, userDid, ROLLED_UP(NOW_MS));
  }
  const http = await serveInKoa(host.usage);
  let asked: Statement[] = [];
  own.on('query-response', (response: unknown, query: { sql: string; bindings?: unknown }) => {
    if (!/^\s*(\/\*M!.*?\*\/\s*)?(select|with)\b/i.test(query.sql)) return;
    const rows = listOf(response);
    const bindings = (query.bindings ?? []) as Knex.RawBinding[];
    asked.push({ sql: query.sql, bindings, rows: rows.length, bytes: JSON.stringify(rows).length });
  });
  return {
    host,
    knex: own,
    ask: async (path, user) => {
      asked = [];
      const { status, body, text } = await http.get(path, { user });
      if (status !== 200) throw new Error(`${path}: ${text}`);
      return { body, asked };
    },
    watch: async (work) => {
      asked = [];
      await work();
      return asked;
    },
    close: async () => {
      await http.close();
      await host.close();
      await own.destroy();
      await database.drop();
    },
  };
}
