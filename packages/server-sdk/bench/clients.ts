import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * Many dashboards that poll: each client asks for its quota and its call history every 30 s, as browsers do, with the tag
 * of the answer it has. Open loop: a request is sent when it is due, whatever became of those before, and its time counts
 * from when it was due. Loopback only; ends by itself.
 *
 * `clients.ts [CLIENTS] [SECONDS]`; 2,000 clients for 300 s unless told otherwise, in real time.
 */
const [clientCount = 2000, seconds = 300] = process.argv.slice(2).map(Number);
const POLL_MS = 30_000;
const PATHS = ['/api/usage/quota', '/api/usage/projects/app/calls'];
const TIMEOUT_MS = 30_000;
const SAMPLE_MS = 5000;

interface Sample {
  atMs: number;
  rssMb: number;
  heapMb: number;
}

const directory = mkdtempSync(join(tmpdir(), 'usage-kit-clients-'));
const server = fork(
  fileURLToPath(new URL('clients-server.ts', import.meta.url)),
  [join(directory, 'usage.db'), String(clientCount)],
  { execArgv: ['--conditions=usage-kit-source', '--import', 'tsx'] },
);
server.setMaxListeners(0);
const agent = new Agent({ keepAlive: true, maxSockets: clientCount });
const tags = new Map<string, string>();
const times: number[] = [];
/** The longest of each path, by the second in which it was due. */
const slowest = new Map<string, number>();
const lateness: number[] = [];
const statuses = new Map<string, number>();
const samples: Sample[] = [];
let startedMs = 0;

try {
  const { port } = await answerOf<{ port: number }>(server);
  console.log(`${clientCount} clients, every ${POLL_MS / 1000} s, for ${seconds} s`);
  await run(port);
  report();
} finally {
  agent.destroy();
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.send('stop');
  await Promise.race([ended, sleep(10_000)]);
  server.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
}

async function run(port: number): Promise<void> {
  const startMs = performance.now();
  startedMs = startMs;
  const endMs = startMs + seconds * 1000;
  const sampling = sample(startMs, endMs);
  const pending = new Set<Promise<void>>();
  // Each client's polls are spread evenly, as page loads are; its second path comes half a second later.
  const due: { atMs: number; client: number; path: string }[] = [];
  for (let client = 0; client < clientCount; client += 1) {
    const phaseMs = (client / clientCount) * POLL_MS;
    for (let atMs = phaseMs; atMs < seconds * 1000; atMs += POLL_MS) {
      PATHS.forEach((path, index) => due.push({ atMs: atMs + index * 500, client, path }));
    }
  }
  due.sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, client, path } of due) {
    const dueMs = startMs + atMs;
    const waitMs = dueMs - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    lateness.push(Math.max(0, performance.now() - dueMs));
    const asked = ask(port, client, path, dueMs).finally(() => pending.delete(asked));
    pending.add(asked);
  }
  await Promise.all(pending);
  await sampling;
}

function ask(port: number, client: number, path: string, dueMs: number): Promise<void> {
  const key = `${client} ${path}`;
  const tag = tags.get(key);
  const headers = { 'x-user': `user-${client}`, ...(tag ? { 'if-none-match': tag } : {}) };
  return new Promise((resolve) => {
    const done = (status: string): void => {
      const tookMs = performance.now() - dueMs;
      times.push(tookMs);
      const second = `${Math.floor((dueMs - startedMs) / 1000)} s ${path.split('/').at(-1) ?? ''}`;
      slowest.set(second, Math.max(slowest.get(second) ?? 0, tookMs));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      resolve();
    };
    const request = get({ host: '127.0.0.1', port, path, headers, agent, timeout: TIMEOUT_MS });
    request.on('response', (response) => {
      const { etag } = response.headers;
      if (typeof etag === 'string') tags.set(key, etag);
      response.resume().on('end', () => {
        done(String(response.statusCode));
      });
    });
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed a connection that had been idle just as it was used again: browsers ask once more, so do we.
      if (request.reusedSocket && error.code === 'ECONNRESET') {
        void ask(port, client, path, dueMs).then(resolve);
        return;
      }
      done(error.code ?? error.message);
    });
  });
}

async function sample(startMs: number, endMs: number): Promise<void> {
  while (performance.now() < endMs) {
    server.send('memory');
    const { memory } = await answerOf<{ memory: NodeJS.MemoryUsage }>(server);
    const atMs = performance.now() - startMs;
    samples.push({ atMs, rssMb: memory.rss / 1e6, heapMb: memory.heapUsed / 1e6 });
    await sleep(SAMPLE_MS);
  }
}

function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as T);
    });
    child.once('exit', (code) => {
      reject(new Error(`The server ended with ${code ?? 'a signal'}`));
    });
  });
}

function report(): void {
  const sorted = times.toSorted((a, b) => a - b);
  const late = lateness.toSorted((a, b) => a - b);
  const at = (values: readonly number[], part: number): string =>
    (values[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0).toFixed(1);
  console.log(`requests ${times.length}, ${(times.length / seconds).toFixed(0)} a second`);
  console.log('answers', Object.fromEntries([...statuses].sort()));
  console.log(
    `ms: p50 ${at(sorted, 0.5)}, p95 ${at(sorted, 0.95)}, p99 ${at(sorted, 0.99)}, p99.9 ${at(sorted, 0.999)}, most ${at(sorted, 1)}`,
  );
  const worst = [...slowest].sort((a, b) => b[1] - a[1]).slice(0, 12);
  console.log('slowest', worst.map(([when, ms]) => `${when} ${ms.toFixed(0)} ms`).join(', '));
  console.log(`sent late, ms: p50 ${at(late, 0.5)}, p99 ${at(late, 0.99)}, most ${at(late, 1)}`);
  const parts = [0, 0.2, 0.4, 0.6, 0.8].map((from) => meanOf(from, from + 0.2));
  console.log(`memory of the server, MB (RSS / heap), by fifths of the run: ${parts.join(', ')}`);
}

function meanOf(from: number, to: number): string {
  const within = samples.filter(
    ({ atMs }) => atMs >= from * seconds * 1000 && atMs < to * seconds * 1000,
  );
  const mean = (values: number[]): string =>
    (values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)).toFixed(0);
  return `${mean(within.map(({ rssMb }) => rssMb))}/${mean(within.map(({ heapMb }) => heapMb))}`;
}
