import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { toRows } from '../../src/db/executor.js';
import { createPrometheusMetrics } from '../../src/metrics/prometheus.js';
import { createTestUsageOn, NOW_MS } from '../helpers/create-test-usage.js';
import { openHub } from '../helpers/hub-database.js';
import { availableServers } from '../helpers/test-databases.js';

const servers = await availableServers();
const FOLDER = new URL('../../../../deploy/grafana/', import.meta.url);
const DAY_MS = 86_400_000;

interface Panel {
  id: number;
  title: string;
  type: string;
  targets: { expr?: string; rawSql?: string }[];
}

function readPanels(file: string): Panel[] {
  const text = readFileSync(fileURLToPath(new URL(file, FOLDER)), 'utf8');
  return (JSON.parse(text) as { panels: Panel[] }).panels;
}

/** As Grafana writes them: on PostgreSQL an instant as text, on MySQL one of the epoch, in a session in UTC. */
const MACROS: Readonly<Record<string, { file: string; filter: (column: string) => string }>> = {
  PostgreSQL: {
    file: 'usage-postgres.json',
    filter: (column) =>
      `${column} BETWEEN '${new Date(NOW_MS - 30 * DAY_MS).toISOString()}' AND '${new Date(NOW_MS).toISOString()}'`,
  },
  MariaDB: {
    file: 'usage-mysql.json',
    filter: (column) =>
      `${column} BETWEEN FROM_UNIXTIME(${Math.floor(NOW_MS / 1000) - 30 * 86_400}) AND FROM_UNIXTIME(${Math.floor(NOW_MS / 1000)})`,
  },
};

describe.each(servers.filter(({ name }) => name in MACROS))('the dashboard on $name', (server) => {
  test('has a query for every panel that the database answers with the calls of the range', async () => {
    const { usage, config, close } = await createTestUsageOn(server);
    const macro = MACROS[server.name];
    if (macro === undefined) throw new Error('There is no dashboard');
    const base = { userDid: 'alice', appDid: 'app', model: 'm', provider: 'p', durationMs: 1200 };
    const ended = { credits: '0.5', cost: '0.25', usage: { inputTokens: 10, outputTokens: 5 } };
    for (const [index, hoursAgo] of [0.1, 5, 30, 24 * 40].entries()) {
      const startedAt = NOW_MS - hoursAgo * 3_600_000;
      await usage.calls.record({ ...base, ...ended, id: `${index}`, status: 'success', startedAt });
    }
    await usage.rollup.run();
    const knex = openHub(config);
    const results = new Map<string, Record<string, unknown>[]>();
    await knex.transaction(async (trx) => {
      if (server.name === 'MariaDB') await trx.raw(`set time_zone = '+00:00'`);
      for (const { title, targets } of readPanels(macro.file)) {
        const [query = ''] = targets.map(({ rawSql = '' }) => rawSql);
        const sql = query.replaceAll(/\$__timeFilter\((\w+)\)/g, (_, name: string) =>
          macro.filter(name),
        );
        expect(sql).not.toContain('$__');
        results.set(title, toRows(await trx.raw(sql)));
      }
    });
    expect(results.size).toBe(9);
    for (const [title, rows] of results) expect(rows, title).not.toEqual([]);
    // The call of forty days ago is in no panel.
    const sum = (title: string, column: string): number =>
      (results.get(title) ?? []).reduce((total, row) => total + Number(row[column]), 0);
    for (const title of ['Calls by hour', 'Totals', 'Users by credits', 'Models']) {
      expect([title, sum(title, 'calls')]).toEqual([title, 3]);
    }
    expect(sum('Credits by day', 'credits')).toBe(1.5);
    expect(sum('Cost by day', 'cost')).toBe(0.75);
    expect(results.get('Slowest calls')).toHaveLength(3);
    await knex.destroy();
    await close();
  });
});

test('the dashboard of metrics names each metric that there is, and no other', async () => {
  const registry = new Registry();
  createPrometheusMetrics(registry);
  const known = (await registry.getMetricsAsJSON()).map(({ name }) => name);
  const named = readPanels('usage-prometheus.json')
    .flatMap(({ targets }) => targets.map(({ expr = '' }) => expr))
    .flatMap((expr) => expr.match(/usage_kit_\w+/g) ?? [])
    .map((name) => name.replace(/_(bucket|sum|count)$/, ''));
  expect([...new Set(named)].sort()).toEqual([...known].sort());
});

test.each(['usage-postgres.json', 'usage-mysql.json', 'usage-prometheus.json'])(
  'the panels of %s have their data source chosen on import, and no id twice',
  (file) => {
    const panels = readPanels(file);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(JSON.stringify(panels)).not.toMatch(/"uid":"(?!\$\{datasource\})/);
  },
);
