import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import Koa from 'koa';
import { createUsage, staticQuota } from '../src/index.js';
import { BENCH_END_MS } from './dataset.js';

/**
 * Requests a second of the whole overview endpoint beside a bare Koa handler that sends the same answer as JSON, each server in
 * a process of its own, on a database that load.ts and rollup.ts filled: `http.ts URL`. Users take turns.
 */
const [url = 'sqlite:../../.cache/bench.db', role = 'measure'] = process.argv.slice(2);
const SECONDS = 5;
const ROUNDS = 3;
const CONNECTIONS = 50;
const USERS = 200;
const DAY_MS = 86_400_000;
let asked = 0;
const PATH = '/api/usage/overview';

if (role === 'measure') await measure();
else await serve(role);

/** One server, until it is killed; tells its port. */
async function serve(what: string): Promise<void> {
  const app = new Koa();
  if (what === 'bare') {
    const body: unknown = JSON.parse(process.env.BENCH_BODY ?? '{}');
    app.use((ctx) => {
      ctx.body = body;
    });
  } else {
    const usage = createUsage({
      database: url,
      authenticate: (request) => ({ userDid: String(request.headers['x-user']) }),
      clock: { now: () => BENCH_END_MS },
      quota: staticQuota({ entries: [] }),
      rollup: false,
      // As it is for users who are people: one load generator is 200 of them.
      limits: { requestsPerMinute: false },
    });
    await usage.migrate();
    app.use(usage.router().routes());
  }
  const handle = app.callback();
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

async function measure(): Promise<void> {
  const children: ChildProcess[] = [];
  try {
    await compare(children);
  } finally {
    for (const child of children) child.kill();
  }
}

async function compare(children: ChildProcess[]): Promise<void> {
  const endpoint = await start('usage', children);
  const answer = await fetch(endpoint.url, { headers: { 'x-user': userAt(0) } });
  const bare = await start('bare', children, await answer.text());
  const etags = await Promise.all(
    Array.from({ length: USERS }, async (_, user) => {
      const response = await fetch(endpoint.url, { headers: { 'x-user': userAt(user) } });
      await response.arrayBuffer();
      return response.headers.get('etag') ?? '';
    }),
  );
  const rates: Record<'bare' | 'overview' | 'anew' | 'unchanged', number[]> = {
    bare: [],
    overview: [],
    anew: [],
    unchanged: [],
  };
  // In turns, so that a slow moment of the machine meets all.
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.bare.push(await rateOf(bare.url, 200, () => ({})));
    rates.overview.push(await rateOf(endpoint.url, 200, asUser));
    rates.anew.push(await rateOf(endpoint.url, 200, asUser, true));
    rates.unchanged.push(
      await rateOf(endpoint.url, 304, (user) => ({
        'x-user': userAt(user),
        'if-none-match': etags[user] ?? '',
      })),
    );
  }
  console.log(`| ${CONNECTIONS} connections, ${USERS} users | requests/s | of the bare handler |`);
  console.log('| --- | ---: | ---: |');
  const whole = medianOf(rates.bare);
  line('a bare Koa handler that sends the same JSON', whole, whole, '');
  line('the overview endpoint', medianOf(rates.overview), whole, ' (20 % asked for)');
  line('the same, every answer made anew', medianOf(rates.anew), whole, '');
  line('the same, not modified', medianOf(rates.unchanged), whole, ' (50 % asked for)');
}

async function start(what: string, children: ChildProcess[], body = ''): Promise<{ url: string }> {
  const child = fork(fileURLToPath(import.meta.url), [url, what], {
    env: { ...process.env, BENCH_BODY: body },
  });
  children.push(child);
  const [port] = (await once(child, 'message')) as [number];
  return { url: `http://127.0.0.1:${port}${PATH}` };
}

function asUser(user: number): Record<string, string> {
  return { 'x-user': userAt(user) };
}

/**
 * @param isAnew asks for another range each time, so that no answer is given twice
 * @throws if any answer has another status
 */
async function rateOf(
  target: string,
  status: number,
  headersOf: (user: number) => Record<string, string>,
  isAnew = false,
): Promise<number> {
  const result = await autocannon({
    url: target,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [
      {
        method: 'GET' as const,
        setupRequest: (request) => {
          asked += 1;
          const path = `${PATH}?from=${BENCH_END_MS - 30 * DAY_MS + asked}`;
          return { ...request, headers: headersOf(asked % USERS), ...(isAnew && { path }) };
        },
      },
    ],
  });
  const stats = result.statusCodeStats as Record<string, { count?: number }> | undefined;
  const answers = stats?.[String(status)]?.count ?? 0;
  if (answers !== result.requests.total || result.errors > 0) {
    throw new Error(`Not all were ${status}: ${JSON.stringify(stats)}`);
  }
  return result.requests.average;
}

function userAt(index: number): string {
  return `did:abt:user-${index}`;
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function line(name: string, rate: number, whole: number, asked: string): void {
  console.log(
    `| ${name} | ${Math.round(rate).toLocaleString('en')} | ${Math.round((100 * rate) / whole)} %${asked} |`,
  );
}
