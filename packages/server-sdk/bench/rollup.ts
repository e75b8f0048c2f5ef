import { openDatabase, type Database } from '../src/db/database.js';
import { migrate } from '../src/db/migrate.js';
import { runInBackground } from '../src/runtime/request-signal.js';
import { createRollupControl } from '../src/rollup/rollup-control.js';
import { BENCH_END_MS } from './dataset.js';

/**
 * Builds the aggregates of a database that load.ts filled, compared with one bare `INSERT … SELECT … GROUP BY` of sums by user,
 * project and hour in the same engine: `rollup.ts URL`.
 */
const [url = 'sqlite:bench.db'] = process.argv.slice(2);
const database = openDatabase(url);
await migrate(database.writer);
const isSqlite = database.dialect.isFile;
const [calls] = await database.writer('model_calls').count<{ n: number | string }[]>({ n: '*' });
const count = Number(calls?.n ?? 0);

const memory: number[] = [];
const timer = setInterval(() => memory.push(process.memoryUsage().rss / 1e6), 1000);
const control = createRollupControl(database, { now: () => BENCH_END_MS }, 5);
const seconds = await secondsOf(() => control.run());
clearInterval(timer);
// After it: what SQLite holds for a statement over all calls is not the rollup's.
const bareSeconds = await secondsOf(() => runInBackground(() => insertSums(database)));
if (isSqlite) await runInBackground(() => printSizes(database));
memory.sort((a, b) => a - b);

const perSecond = (duration: number): string => Math.round(count / duration).toLocaleString('en');
console.log('| | calls/s |');
console.log('| --- | ---: |');
console.log(`| one INSERT … SELECT … GROUP BY of sums | ${perSecond(bareSeconds)} |`);
console.log(`| all aggregates with sketches | ${perSecond(seconds)} |`);
console.log(`| ratio (0.20 asked for) | ${(bareSeconds / seconds).toFixed(2)} |`);
console.log(
  `\nMemory: median ${at(memory, 0.5)} MB, largest ${at(memory, 1)} MB, after the first tenth ${at(memory, 0.1)} MB.`,
);
await database.close();

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1000;
}

async function insertSums({ writer, dialect }: Database): Promise<void> {
  await writer.schema.dropTableIfExists('bench_sums');
  await writer.schema.createTable('bench_sums', (table) => {
    table.string('user_did', 255).notNullable();
    table.string('app_did', 255).notNullable();
    table.integer('hour').notNullable();
    for (const name of ['calls', 'ok', 'failed', 'input', 'output', 'total', 'credits', 'us']) {
      table.bigInteger(name);
    }
    table.primary(['user_did', 'app_did', 'hour']);
  });
  const hour = dialect.divide('started_at_ms', 3_600_000);
  await writer.raw(
    `insert into bench_sums select user_did, app_did, ${hour}, count(*),
       sum(case when status = 'success' then 1 else 0 end), sum(case when status = 'failed' then 1 else 0 end),
       sum(input_tokens), sum(output_tokens), sum(total_tokens), sum(credits_e8), sum(duration_us)
     from model_calls group by user_did, app_did, ${hour}`,
  );
  await writer.schema.dropTable('bench_sums');
}

async function printSizes({ writer }: Database): Promise<void> {
  const sizes = await writer.raw<{ name: string; bytes: number }[]>(
    `select case when tbl_name = 'model_calls' then 'calls' else 'pre-aggregates' end as name, sum(pgsize) as bytes
     from dbstat join sqlite_master using (name)
     where tbl_name in ('model_calls', 'model_call_stats', 'model_call_projects', 'model_call_models') group by 1`,
  );
  const bytesOf = (name: string): number => sizes.find((row) => row.name === name)?.bytes ?? 0;
  const share = bytesOf('pre-aggregates') / bytesOf('calls');
  console.log(
    `Disk: calls ${Math.round(bytesOf('calls') / 1e6)} MB, pre-aggregates ${Math.round(bytesOf('pre-aggregates') / 1e6)} MB: ${(100 * share).toFixed(1)} % (70 asked for of a sparse million, 45 of ten million).`,
  );
}

function at(values: readonly number[], share: number): number {
  return Math.round(values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0);
}
