import { createHash } from 'node:crypto';
import knex, { type Knex } from 'knex';
import type { ReferenceCall } from './reference-model.js';

/** A row of AIGNE Hub's table `ModelCalls`, as far as it matters here. */
export interface HubCall {
  id: string;
  providerId: string;
  model: string;
  type: 'chatCompletion' | 'embedding' | 'imageGeneration';
  totalUsage: number;
  usageMetrics: string | null;
  credits: string | null;
  status: 'processing' | 'success' | 'failed';
  /** Seconds with one decimal. */
  duration: string | null;
  appDid: string | null;
  userDid: string | null;
  /** Unix seconds. */
  callTime: number;
  ttfb: string | null;
  traceId: string | null;
  errorReason: string | null;
}

const APPS = ['app-1', 'zNKapp/2', '用户 的 密钥', null, '', 'null'];
const CREDITS = ['0.1', '0.00000001', '3', '12.34567891', null, '0.2', '1234567.12345678'];
const TYPES = ['chatCompletion', 'chatCompletion', 'embedding', 'imageGeneration'] as const;

/** Calls of some users over the days before an instant; the same ones every time. */
export function hubCalls(count: number, endMs: number, days: number): HubCall[] {
  return Array.from({ length: count }, (_, index): HubCall => {
    const type = TYPES[index % TYPES.length] ?? 'chatCompletion';
    const isImage = type === 'imageGeneration';
    const [input, output] = [(index * 37) % 900, (index * 11) % 300];
    const status = index % 41 === 0 ? 'processing' : index % 9 === 0 ? 'failed' : 'success';
    return {
      id: `call-${index}`,
      providerId: `provider-${index % 3}`,
      model: `model-${index % 5}`,
      type,
      totalUsage: isImage ? 1 + (index % 4) : input + output,
      usageMetrics: JSON.stringify({
        inputTokens: input,
        outputTokens: output,
        cacheReadInputTokens: 3,
      }),
      credits: CREDITS[(index * 5) % CREDITS.length] ?? null,
      status,
      duration: status === 'processing' ? null : ((1 + ((index * 13) % 600)) / 10).toFixed(1),
      appDid: APPS[Math.floor(index / 3) % APPS.length] ?? null,
      userDid: index % 29 === 0 ? null : `did:abt:user-${index % 3}`,
      callTime: Math.floor(endMs / 1000) - ((index * 104_729) % (days * 86_400)) - 1,
      ttfb: status === 'success' ? '123.4' : null,
      traceId: index % 2 === 0 ? `trace-${index}` : null,
      errorReason: status === 'failed' ? 'rate limit' : null,
    };
  });
}

/** The call of a row of the Hub; `null` for a row without a user. */
export function toReference(call: HubCall): ReferenceCall | null {
  if (call.userDid === null) return null;
  const metrics = JSON.parse(call.usageMetrics ?? '{}') as Record<string, number>;
  return {
    id: call.id,
    userDid: call.userDid,
    appDid: ['', 'null', null].includes(call.appDid) ? 'unassigned' : (call.appDid ?? ''),
    model: call.model,
    provider: call.providerId,
    type: call.type,
    status: call.status,
    startedAt: call.callTime * 1000,
    ...(call.duration === null ? {} : { durationMs: Math.round(Number(call.duration) * 1000) }),
    usage: { inputTokens: metrics['inputTokens'] ?? 0, outputTokens: metrics['outputTokens'] ?? 0 },
    ...(call.ttfb === null ? {} : { ttfbMs: Number(call.ttfb) }),
    ...(call.credits === null ? {} : { credits: call.credits }),
  };
}

/** Connects as the Hub itself would. */
export function openHub(config: Knex.Config): Knex {
  return knex({ ...config, useNullAsDefault: true, pool: { min: 1, max: 1 } });
}

/** The Hub's tables with some data in each. */
export async function createHub(hub: Knex, calls: readonly HubCall[]): Promise<void> {
  await hub.schema.createTable('ModelCalls', (table) => {
    table.string('id').primary();
    table.string('providerId').notNullable();
    table.string('model').notNullable();
    table.string('credentialId').notNullable();
    table.string('type').notNullable();
    table.integer('totalUsage').notNullable();
    table.json('usageMetrics');
    table.decimal('credits', 20, 8);
    table.string('status').notNullable();
    table.decimal('duration', 10, 1);
    table.text('errorReason');
    table.string('appDid');
    table.string('userDid');
    table.string('requestId');
    table.json('metadata');
    table.integer('callTime').notNullable();
    table.timestamp('createdAt').notNullable();
    table.timestamp('updatedAt').notNullable();
    table.string('traceId');
    table.decimal('ttfb', 10, 1);
    table.decimal('providerTtfb', 10, 1);
    // Its migrations say more, here and below: `changeColumn` on SQLite drops them.
    table.index(['appDid', 'callTime']);
    table.index(['userDid', 'appDid', 'callTime']);
  });
  await hub.schema.createTable('ModelCallStats', (table) => {
    table.string('id').primary();
    table.string('userDid');
    table.string('appDid');
    table.integer('timestamp').notNullable();
    table.string('timeType').notNullable();
    table.json('stats').notNullable();
    table.timestamp('createdAt').notNullable();
    table.timestamp('updatedAt').notNullable();
  });
  await hub.schema.createTable('Projects', (table) => {
    table.string('appDid').primary();
    table.string('appName').notNullable();
    table.string('appLogo');
    table.string('appUrl');
    table.timestamp('createdAt').notNullable();
    table.timestamp('updatedAt').notNullable();
  });
  await hub.schema.createTable('AiProviders', (table) => {
    table.string('id').primary();
    table.string('name', 50).notNullable().unique();
    table.string('displayName', 100).notNullable();
    table.boolean('enabled').notNullable().defaultTo(true);
    table.timestamp('createdAt').notNullable();
    table.timestamp('updatedAt').notNullable();
  });
  const written = writtenAt(hub, Date.UTC(2026, 0, 1));
  await hub('AiProviders').insert(
    ['OpenAI', 'Anthropic'].map((displayName, index) => ({
      ...{ ...written, id: `provider-${index}`, name: displayName.toLowerCase(), displayName },
    })),
  );
  await hub('ModelCallStats').insert(
    Array.from({ length: 40 }, (_, index) => ({
      ...written,
      id: `stat-${index}`,
      userDid: `did:abt:user-${index % 3}`,
      appDid: index % 4 === 0 ? null : 'app-1',
      timestamp: 1_790_000_000 + index * 3600,
      timeType: index % 2 === 0 ? 'hour' : 'day',
      stats: JSON.stringify({ totalCalls: index, totalCredits: index / 10 }),
    })),
  );
  await hub('Projects').insert([
    { ...written, appDid: 'app-1', appName: 'One' },
    { ...written, appDid: 'zNKapp/2', appName: 'Two' },
  ]);
  await writeHubCalls(hub, calls, Date.UTC(2026, 0, 1));
}

/** Writes calls as the Hub does; those that are there are corrected. */
export async function writeHubCalls(
  hub: Knex,
  calls: readonly HubCall[],
  nowMs: number,
): Promise<void> {
  for (let start = 0; start < calls.length; start += 40) {
    const rows = calls.slice(start, start + 40).map((call) => ({
      ...call,
      ...writtenAt(hub, nowMs),
      credentialId: 'credential',
      metadata: JSON.stringify({ from: 'hub' }),
    }));
    await hub('ModelCalls').insert(rows).onConflict('id').merge();
  }
}

/** Sequelize's form on SQLite, which PostgreSQL reads as well; MariaDB takes no zone. */
function writtenAt(hub: Knex, ms: number): { createdAt: string; updatedAt: string } {
  const isMysql = (hub.client as { config: Knex.Config }).config.client === 'mysql2';
  const text = new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace('Z', isMysql ? '' : ' +00:00');
  return { createdAt: text, updatedAt: text };
}

/** Count and checksum of each of the Hub's tables. */
export async function fingerprintHub(hub: Knex): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const [table, key] of [
    ['ModelCalls', 'id'],
    ['ModelCallStats', 'id'],
    ['Projects', 'appDid'],
  ] as const) {
    const rows: unknown[] = await hub(table).orderBy(key);
    const sum = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
    prints[table] = `${rows.length} ${sum}`;
  }
  return prints;
}
