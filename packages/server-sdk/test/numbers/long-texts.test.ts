import { expect, test } from 'vitest';
import type { Projects } from '../../src/contract/projects.js';
import { NOW_MS, createTestUsageOn, serveInKoa } from '../helpers/create-test-usage.js';
import { availableServers, type DatabaseServer } from '../helpers/test-databases.js';

const servers = await availableServers();
const mariaDb = servers.find(({ name }) => name === 'MariaDB');
const HOUR_MS = 3_600_000;
const PROJECTS = 60;

/** MariaDB as MySQL comes: what is joined is cut at 1 kB, unless a statement says otherwise. */
const limited = (server: DatabaseServer): DatabaseServer => ({
  ...server,
  create: async () => {
    const database = await server.create();
    const afterCreate = (
      connection: { query: (sql: string, done: (error: unknown) => void) => void },
      done: (error: unknown, connection: unknown) => void,
    ): void => {
      connection.query('set session group_concat_max_len = 1024', (error) => {
        done(error, connection);
      });
    };
    const { config } = database;
    return { ...database, config: { ...config, pool: { ...config.pool, afterCreate } } };
  },
});

test.runIf(mariaDb)('no answer is cut where the server cuts joined texts', async () => {
  if (!mariaDb) return;
  const { usage, close } = await createTestUsageOn(limited(mariaDb));
  const server = await serveInKoa(usage);
  // A call an hour of each project: closed hours, a closed day and the running hour.
  const hoursAgo = [30, 29, 3, 2, 0];
  await usage.calls.record(
    Array.from({ length: PROJECTS }, (_, project) =>
      hoursAgo.map((hours) => ({
        id: `${project}-${hours}`,
        userDid: 'alice',
        appDid: `project-${project}`,
        model: `model-${project % 7}`,
        status: 'success' as const,
        startedAt: NOW_MS - hours * HOUR_MS - 1000 - project,
        durationMs: 100 * project + 50,
        credits: '0.5',
      })),
    ).flat(),
  );
  await usage.rollup.run();
  const list = async (): Promise<{ total: number; calls: number }> => {
    const { status, body } = await server.get<Projects>('/projects?pageSize=100');
    expect(status).toBe(200);
    const calls = body.items.reduce((sum, { totals }) => sum + totals.calls, 0);
    return { total: body.items.length, calls };
  };
  expect(await list()).toEqual({ total: PROJECTS, calls: PROJECTS * hoursAgo.length });
  // A late call in each hour marks more hours than 1 kB has room for; they are built again.
  const late = Array.from({ length: 200 }, (_, hours) => ({
    id: `late-${hours}`,
    userDid: 'alice',
    appDid: 'project-0',
    model: 'model-0',
    status: 'success' as const,
    startedAt: NOW_MS - (hours + 2) * HOUR_MS,
    durationMs: 5,
  }));
  await usage.calls.record(late);
  const calls = PROJECTS * hoursAgo.length + late.length;
  expect(await list()).toEqual({ total: PROJECTS, calls });
  await usage.rollup.run();
  expect(await list()).toEqual({ total: PROJECTS, calls });
  const report = await usage.rollup.verify({ from: NOW_MS - 40 * 24 * HOUR_MS, to: NOW_MS });
  expect(report.differences).toEqual([]);
  await server.close();
  await close();
});
