import { expect, test, describe } from 'vitest';
import { createAlertEvaluator } from '../../src/alerts/alert-evaluator.js';
import type { HostRule } from '../../src/alerts/alert-options.js';
import { createHostRules } from '../../src/alerts/host-rules.js';
import { openDatabase } from '../../src/db/database.js';
import { NOW_MS, createTestUsageOn, silentLogger } from '../helpers/create-test-usage.js';
import { CHANNELS } from '../helpers/alert-outbox.js';
import { takeServers } from '../helpers/take-servers.js';

const HOUR_MS = 3_600_000;
const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/New_York'];
const METRICS = ['credits', 'calls', 'tokens', 'errorRate', 'p95DurationMs'] as const;

/** A thousand rules: all metrics, sixty projects and models, periods of four zones and rolling windows of many lengths. */
const RULES = Array.from({ length: 1000 }, (_, index): HostRule => {
  const metric = METRICS[index % 5] ?? 'calls';
  const unit = (['day', 'week', 'month'] as const)[index % 3] ?? 'day';
  const timeZone = ZONES[index % 4] ?? 'UTC';
  const name = String(index % 60);
  return {
    kind: 'alert',
    id: `rule-${index}`,
    name: `Rule ${index}`,
    metric,
    scope:
      index % 7 < 3
        ? { kind: 'account' }
        : index % 7 < 5
          ? { kind: 'project', appDid: `app-${name}` }
          : { kind: 'model', model: `model-${name}` },
    window:
      index % 2 === 0
        ? { kind: 'calendar', unit, timeZone }
        : { kind: 'rolling', hours: 1 + ((index * 7) % 720) },
    levels: metric === 'errorRate' ? ['0.05', '0.2'] : ['100', '1000'],
  };
});

const servers = await takeServers();

describe.each(servers)('on $name', (server) => {
  test('a thousand rules of a user are evaluated together', { timeout: 300_000 }, async () => {
    const host = await createTestUsageOn(server, { recorder: { abandonAfterMinutes: false } });
    const database = openDatabase(host.config);
    try {
      const calls = Array.from({ length: 20_000 }, (_, index) => ({
        userDid: 'alice',
        id: `c-${index}`,
        appDid: `app-${index % 60}`,
        model: `model-${(index * 7) % 60}`,
        status: index % 11 === 0 ? ('failed' as const) : ('success' as const),
        startedAt: NOW_MS - Math.floor((index / 20_000) * 31 * 24 * HOUR_MS) - 1,
        durationMs: 100 + (index % 977),
        usage: { inputTokens: 10, outputTokens: 5 },
        credits: '0.5',
      }));
      for (let start = 0; start < calls.length; start += 1000) {
        await host.usage.calls.record(calls.slice(start, start + 1000));
      }
      await host.usage.rollup.run();
      const alerts = createAlertEvaluator({
        database,
        clock: host.clock,
        logger: silentLogger,
        listHostRules: createHostRules(RULES, CHANNELS, silentLogger),
        channels: CHANNELS,
        readQuota: null,
        maxLagSeconds: 7800,
        onError: (error) => {
          throw error;
        },
      });
      const times: number[] = [];
      for (let run = 0; run < 4; run += 1) {
        host.clock.nowMs += 60_000;
        const start = performance.now();
        const before = process.cpuUsage();
        const report = await alerts.evaluate('alice');
        const { user, system } = process.cpuUsage(before);
        // On a machine whose cores are shared, a wait for a core is no cost of the rules.
        times.push(Math.min(performance.now() - start, (user + system) / 1000));
        expect(report.rules).toBe(1000);
      }
      const rounded = times.map((ms) => Math.round(ms)).join(', ');
      console.info(`${server.name}: evaluations of 1,000 rules in ${rounded} ms`);
    } finally {
      await database.close();
      await host.close();
    }
  });
});
