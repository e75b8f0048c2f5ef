import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Knex } from 'knex';
import Koa from 'koa';
import { createUsage, type Usage, type UsageOptions } from '../../src/index.js';
import { sqliteServer, type DatabaseServer } from './test-databases.js';

/** A usage over its own database, with a clock that the test sets. */
export interface TestUsage {
  usage: Usage;
  clock: { nowMs: number; now(): number };
  /** The database, for others that use it too. */
  config: Knex.Config;
  close(): Promise<void>;
}

/** 22 November 2026, 10:20:30.400 UTC: a Sunday, in the middle of an hour. */
export const NOW_MS = Date.UTC(2026, 10, 22, 10, 20, 30, 400);

/** Opens a migrated usage on a new SQLite database; requests are signed in by the `x-user` header. */
export function createTestUsage(options: Partial<UsageOptions> = {}): Promise<TestUsage> {
  return createTestUsageOn(sqliteServer, options);
}

/** The same on a database server of the suite's. */
export async function createTestUsageOn(
  server: DatabaseServer,
  options: Partial<UsageOptions> = {},
): Promise<TestUsage> {
  const { config, drop } = await server.create();
  const clock = { nowMs: NOW_MS, now: () => clock.nowMs };
  const usage = openTestUsage({ database: config, clock, ...options });
  await usage.migrate();
  return {
    usage,
    clock,
    config,
    close: async () => {
      await usage.stop();
      await drop();
    },
  };
}

/** One more usage over a database that is there. */
export function openTestUsage(
  options: Pick<UsageOptions, 'database'> & Partial<UsageOptions>,
): Usage {
  return createUsage({
    authenticate: (request) => {
      const user = request.headers['x-user'];
      return typeof user === 'string' ? { userDid: user } : null;
    },
    rollup: false,
    logger: silentLogger,
    ...options,
  });
}

/** A logger for tests that expect errors. */
export const silentLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** An answer as tests look at it. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
  text: string;
}

/** A running server and how to ask it. */
export interface TestServer {
  url: string;
  get<T = Record<string, unknown>>(
    path: string,
    options?: { user?: string | null; headers?: Record<string, string>; method?: string },
  ): Promise<Answer<T>>;
  close(): Promise<void>;
}

/** Serves a usage in a Koa host, on a free port. */
export async function serveInKoa(usage: Usage): Promise<TestServer> {
  const app = new Koa();
  app.use(usage.router().routes());
  return listen(createServer(app.callback()), '/api/usage');
}

/** Asks a server on a free port; paths are below `basePath`. */
export async function listen(server: Server, basePath: string): Promise<TestServer> {
  // By default five seconds, after which a client may just be sending its next request.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    get: async <T>(path: string, options: Parameters<TestServer['get']>[1] = {}) => {
      const { user = 'alice', headers = {}, method = 'GET' } = options;
      const response = await fetch(url + basePath + path, {
        method,
        headers: { ...(user === null ? {} : { 'x-user': user }), ...headers },
      });
      const text = await response.text();
      const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
      const body = (isJson && text !== '' ? JSON.parse(text) : {}) as T;
      return { status: response.status, headers: response.headers, body, text };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
