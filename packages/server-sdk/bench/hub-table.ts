import { rmSync } from 'node:fs';
import knex, { type Knex } from 'knex';
import { aigneHubCalls, createUsage } from '../src/index.js';
import type { StoredCall } from '../src/values/stored-call.js';
import { BENCH_END_MS, generateYear } from './dataset.js';

/**
 * Rolls up AIGNE Hub's table `ModelCalls` on SQLite with the indexes that its migrations leave, and with those that they say:
 * `hub-table.ts FILE CALLS [indexed]`. Prints the first rollup, the processor time of a run that finds nothing, and rows.
 */
const [file = 'hub.db', count = '200000', indexes] = process.argv.slice(2);
const EMPTY_RUNS = 5;
const BATCH = 400;
/** What a `changeColumn` of Sequelize on SQLite drops. */
const DROPPED = [
  'create index hub_calls_user_time on "ModelCalls" ("userDid", "callTime")',
  'create index hub_calls_time on "ModelCalls" ("callTime")',
  'create index hub_calls_updated on "ModelCalls" ("updatedAt")',
];

for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
const config: Knex.Config = { client: 'sqlite3', connection: { filename: file } };
const hub = knex({ ...config, useNullAsDefault: true });
await fill(hub, generateYear(Number(count)));
if (indexes === 'indexed') for (const statement of DROPPED) await hub.raw(statement);
const usage = createUsage({
  database: config,
  calls: aigneHubCalls(),
  authenticate: () => null,
  rollup: false,
  clock: { now: () => BENCH_END_MS },
});
await usage.migrate();
const startedMs = performance.now();
const startedCpu = process.cpuUsage();
const { hours } = await usage.rollup.run();
const seconds = (performance.now() - startedMs) / 1000;
const { user: cpuUs, system: systemUs } = process.cpuUsage(startedCpu);
const cpuMs = await measureCpu(() => usage.rollup.run());
await write(hub, hub('ModelCalls').whereRaw('rowid % 40000 = 7'));
const changedCpuMs = await measureCpu(() => usage.rollup.run(), 1);
console.log(
  `${count} calls, ${indexes ?? 'bare'}: first rollup ${seconds.toFixed(1)} s, ${((cpuUs + systemUs) / 1e6).toFixed(1)} s of processor time (${hours} hours), an empty run ${cpuMs.toFixed(0)} ms of processor time, one after a write ${changedCpuMs.toFixed(0)} ms`,
);
console.log(await readSizes(hub));
await usage.stop();
await hub.destroy();

async function fill(hub: Knex, calls: Iterable<StoredCall>): Promise<void> {
  await hub.raw('pragma journal_mode = wal');
  await hub.raw('pragma synchronous = off');
  await hub.raw(`create table "ModelCalls" ("id" varchar(255) primary key, "providerId" varchar(255) not null,
    "model" varchar(255) not null, "credentialId" varchar(255) not null, "type" text not null,
    "totalUsage" integer not null default 0, "usageMetrics" json, "credits" decimal(20,8), "status" text not null,
    "duration" decimal(10,1), "errorReason" text, "appDid" varchar(255), "userDid" varchar(255),
    "requestId" varchar(255), "metadata" json, "callTime" integer not null, "createdAt" datetime not null,
    "updatedAt" datetime not null, "traceId" varchar(255), "ttfb" decimal(10,1), "providerTtfb" decimal(10,1))`);
  await hub.raw('create index hub_calls_app_time on "ModelCalls" ("appDid", "callTime")');
  await hub.raw('create index hub_calls_all on "ModelCalls" ("userDid", "appDid", "callTime")');
  await hub.transaction(async (trx) => {
    let batch: object[] = [];
    for (const call of calls) {
      batch.push(toRow(call));
      if (batch.length < BATCH) continue;
      await trx('ModelCalls').insert(batch);
      batch = [];
    }
    if (batch.length > 0) await trx('ModelCalls').insert(batch);
  });
}

function toRow(call: StoredCall): object {
  const startedS = Math.floor(call.startedAtMs / 1000);
  const endedMs = startedS * 1000 + Math.round((call.durationUs ?? 0) / 1000);
  const written = new Date(endedMs).toISOString().replace('T', ' ').replace('Z', ' +00:00');
  return {
    id: call.id,
    providerId: '5813571904',
    model: call.model,
    credentialId: '1234567890',
    type: call.type,
    totalUsage: call.totalTokens ?? 0,
    usageMetrics: JSON.stringify({
      inputTokens: call.inputTokens,
      outputTokens: call.outputTokens,
      totalTokens: call.totalTokens,
    }),
    credits: Number(call.creditsE10 ?? 0) / 1e10,
    status: call.status,
    duration: call.durationUs === null ? null : Math.round(call.durationUs / 1e5) / 10,
    errorReason: call.errorReason,
    appDid: call.appDid === 'unassigned' ? null : call.appDid,
    userDid: call.userDid,
    requestId: call.id,
    metadata: '{}',
    callTime: startedS,
    createdAt: written,
    updatedAt: written,
    traceId: call.traceId,
    ttfb: call.ttfbUs === null ? null : Math.round(call.ttfbUs / 100) / 10,
  };
}

/** Writes some rows again, as a correction does. */
async function write(hub: Knex, rows: Knex.QueryBuilder): Promise<void> {
  const now = new Date().toISOString().replace('T', ' ').replace('Z', ' +00:00');
  await rows.update({ status: 'failed', updatedAt: now });
}

async function measureCpu(work: () => Promise<unknown>, runs = EMPTY_RUNS): Promise<number> {
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / runs;
}

async function readSizes(hub: Knex): Promise<string> {
  const rows = await hub.raw<{ granularity: number; rows: number }[]>(
    'select granularity, scope, count(*) as rows from model_call_stats group by 1, 2 order by 1, 2',
  );
  const [size] = await hub.raw<{ bytes: number }[]>(
    `select sum(pgsize) as bytes from dbstat where name = 'model_call_stats'`,
  );
  return JSON.stringify({ rows, bytes: size?.bytes });
}
