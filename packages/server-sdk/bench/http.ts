import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import Koa from 'koa';
import { BENCH_END_MS } from './dataset.js';

/**
 * Requests a second of the overview endpoint compared with a bare Koa handler that sends the same response as JSON, each server
 * in a separate process, on a database that load.ts and rollup.ts filled: `http.ts URL`, after a build. Users take turns. Next to it the
 * processor time that a server spends on a request, which other work on the machine disturbs less.
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
    const { createUsage, staticQuota } = await importBuilt();
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
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
}

/** The SDK as it is installed: in what tsx makes of the sources every closure is given its name when it is made, at a cost. */
async function importBuilt(): Promise<typeof import('../src/index.js')> {
  const { href } = new URL('../dist/index.js', import.meta.url);
  return (await import(href)) as typeof import('../src/index.js');
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
  // One after the other: after its first 200 concurrent connections, any Koa server, the bare one too, costs twice as much.
  const etags: string[] = [];
  for (let user = 0; user < USERS; user += 1) {
    const response = await fetch(endpoint.url, { headers: { 'x-user': userAt(user) } });
    await response.arrayBuffer();
    etags.push(response.headers.get('etag') ?? '');
  }
  const measured: Record<'bare' | 'overview' | 'anew' | 'unchanged', Measured[]> = {
    bare: [],
    overview: [],
    anew: [],
    unchanged: [],
  };
  // In turns, so that a slow moment of the machine meets all.
  for (let round = 0; round < ROUNDS; round += 1) {
    measured.bare.push(await rateOf(bare, 200, () => ({})));
    measured.overview.push(await rateOf(endpoint, 200, asUser));
    measured.anew.push(await rateOf(endpoint, 200, asUser, true));
    measured.unchanged.push(
      await rateOf(endpoint, 304, (user) => ({
        'x-user': userAt(user),
        'if-none-match': etags[user] ?? '',
      })),
    );
  }
  console.log(
    `| ${CONNECTIONS} connections, ${USERS} users | requests/s | of the bare handler | processor time a request, µs |`,
  );
  console.log('| --- | ---: | ---: | ---: |');
  line('a bare Koa handler that sends the same JSON', measured.bare, measured.bare, '');
  line('the overview endpoint', measured.overview, measured.bare, ' (20 % asked for)');
  line('the same, every answer made anew', measured.anew, measured.bare, '');
  line('the same, not modified', measured.unchanged, measured.bare, ' (50 % asked for)');
}

interface Server {
  url: string;
  /** Processor time of the server so far, µs. */
  cpuUs: () => Promise<number>;
}

interface Measured {
  perSecond: number;
  /** Of the server, a request. */
  cpuUs: number;
}

async function start(what: string, children: ChildProcess[], body = ''): Promise<Server> {
  const child = fork(fileURLToPath(import.meta.url), [url, what], {
    env: { ...process.env, BENCH_BODY: body },
  });
  children.push(child);
  const [port] = (await once(child, 'message')) as [number];
  const cpuUs = async (): Promise<number> => {
    const told = once(child, 'message') as Promise<[number]>;
    child.send('cpu');
    return (await told)[0];
  };
  return { url: `http://127.0.0.1:${port}${PATH}`, cpuUs };
}

function asUser(user: number): Record<string, string> {
  return { 'x-user': userAt(user) };
}

/**
 * @param isAnew asks for another range each time, so that no answer is given twice
 * @throws if any answer has another status
 */
async function rateOf(
  server: Server,
  status: number,
  headersOf: (user: number) => Record<string, string>,
  isAnew = false,
): Promise<Measured> {
  const beforeUs = await server.cpuUs();
  const result = await autocannon({
    url: server.url,
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
  const cpuUs = ((await server.cpuUs()) - beforeUs) / answers;
  return { perSecond: result.requests.average, cpuUs };
}

function userAt(index: number): string {
  return `did:abt:user-${index}`;
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function line(
  name: string,
  measured: readonly Measured[],
  whole: readonly Measured[],
  asked: string,
): void {
  const rateIn = (some: readonly Measured[]): number => medianOf(some.map((one) => one.perSecond));
  const rate = rateIn(measured);
  const cpuUs = medianOf(measured.map((one) => one.cpuUs));
  console.log(
    `| ${name} | ${Math.round(rate).toLocaleString('en')} | ${Math.round((100 * rate) / rateIn(whole))} %${asked} | ${Math.round(cpuUs)} |`,
  );
}
