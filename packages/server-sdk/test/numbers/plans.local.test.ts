import { test } from 'vitest';
import { availableServers } from '../helpers/test-databases.js';
import { observeUsage, POLLED_PATHS } from '../helpers/observed-usage.js';
import { NOW_MS } from '../helpers/create-test-usage.js';
import { rowsOf } from '../../src/stores/transaction.js';
const DAY = 86400000,
  H = 3600000;
let seed = 7;
const below = (l: number) => {
  seed = (seed * 48271) % 2147483647;
  return seed % l;
};
const CALLS = Array.from({ length: 10000 }, (_, i) => ({
  userDid: `user-${below(20)}`,
  appDid: `app-${below(5)}`,
  model: `m-${below(5)}`,
  status: 'success' as const,
  startedAt:
    i % 2 === 0 ? NOW_MS - below(3) * 30 * DAY - below(H) : NOW_MS - below(90 * 24) * H - below(H),
  durationMs: below(100000),
}));
test.each(await availableServers())(
  '$name',
  async (server) => {
    const usage = await observeUsage(server, CALLS);
    if (server.name === 'PostgreSQL') await usage.knex.raw('analyze');
    if (server.name === 'MariaDB')
      await usage.knex.raw(
        'analyze table model_calls, model_call_stats, model_call_users, model_call_projects, model_call_models, model_call_dirty_hours persistent for all',
      );
    const seen = new Set<string>();
    for (const path of POLLED_PATHS) {
      const { asked } = await usage.ask(path, 'user-1');
      console.log('=====', server.name, path, asked.length);
      for (const { sql, bindings } of asked) {
        const key = sql.replace(/\d+(, \d+)*/g, 'N');
        if (seen.has(key)) continue;
        seen.add(key);
        if (/model_quota|embed/.test(sql)) continue;
        let text: string;
        if (server.name === 'SQLite')
          text = (await usage.knex.raw(`explain query plan ${sql}`, bindings))
            .map((r: any) => r.detail)
            .join('\n  ');
        else if (server.name === 'PostgreSQL')
          text = rowsOf<any>(
            await usage.knex.raw(
              `explain ${sql.replaceAll('?', '\\?').replace(/\$\d+/g, '?')}`,
              bindings,
            ),
          )
            .map((r) => r['QUERY PLAN'].slice(0, 160))
            .join('\n  ');
        else
          text = rowsOf<any>(
            await usage.knex.raw(`explain ${sql.replace(/^\s*\/\*M!.*?\*\//, '')}`, bindings),
          )
            .map((r) => JSON.stringify(r))
            .join('\n  ');
        console.log(
          sql
            .replace(/\s+/g, ' ')
            .replace(/(\d{5,}, )+/g, '…')
            .slice(0, 2000)
            .replace(/.*(from \(select|from model)/, '$1')
            .slice(0, 300) +
            '\n  ' +
            text,
        );
      }
    }
    await usage.close();
  },
  120000,
);
