import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUsage, paymentKitQuota, type Quota, type Usage } from '@usage-kit/server-sdk';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startPaymentKit, type RunningPaymentKit } from '../src/payment-kit/start-payment-kit.js';
import { DEMO_METER } from '../src/payment-kit/wire.js';
import { demoDid } from '../src/seed/demo-did.js';

// Outages take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DAY_MS = 86_400_000;
const USERS = Array.from({ length: 24 }, (_, index) => demoDid(`outage-${index}`));
/** What opening and polling a dashboard asks for. */
const PAGES = ['quota', 'quota-details?pageSize=10', 'overview', 'trends', 'projects', 'quota'];
const clock = { now: () => Date.now() };

let directory: string;
let kit: RunningPaymentKit;
let host: Host;
let log: string[];

interface Host {
  usage: Usage;
  url: string;
  close(): Promise<void>;
}

interface TimedResponse {
  path: string;
  user: string;
  status: number;
  tookMs: number;
  body: Quota;
}

function startKit(port = 0): Promise<RunningPaymentKit> {
  return startPaymentKit({ file: join(directory, 'kit.db'), clock, token: 'secret', port });
}

async function startHost(baseUrl: string): Promise<Host> {
  const note =
    (level: string) =>
    (message: string): void => {
      log.push(`${level} ${message}`);
    };
  const usage = createUsage({
    database: `sqlite:${join(directory, 'usage.db')}`,
    authenticate: (request) => ({ userDid: String(request.headers['x-user']) }),
    quota: paymentKitQuota({
      baseUrl,
      credentials: { authorization: 'Bearer secret' },
      meter: DEMO_METER,
    }),
    rollup: false,
    logger: {
      debug: () => undefined,
      info: note('info'),
      warn: note('warn'),
      error: note('error'),
    },
  });
  await usage.migrate();
  const server: Server = createServer(usage.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/usage/`;
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    await usage.stop();
  };
  return { usage, url, close };
}

async function request(path: string, user: string): Promise<TimedResponse> {
  const startedMs = performance.now();
  const response = await fetch(host.url + path, { headers: { 'x-user': user } });
  const body = (await response.json()) as Quota;
  return { path, user, status: response.status, tookMs: performance.now() - startedMs, body };
}

const poll = async (user: string): Promise<Quota> => (await request('quota', user)).body;

/** Eight readers go on asking until they are stopped. */
function startLoad(): { stop(): Promise<TimedResponse[]> } {
  const responses: TimedResponse[] = [];
  let isRunning = true;
  let next = 0;
  const read = async (): Promise<void> => {
    while (isRunning) {
      const user = USERS[next % USERS.length] ?? '';
      const path = PAGES[Math.floor(next / USERS.length) % PAGES.length] ?? '';
      next += 1;
      responses.push(await request(path, user));
    }
  };
  const readers = Array.from({ length: 8 }, read);
  return {
    stop: async () => {
      isRunning = false;
      await Promise.all(readers);
      return responses;
    },
  };
}

const waitMs = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-outage-'));
  log = [];
  kit = await startKit();
  for (const [index, did] of USERS.entries()) {
    const customer = await kit.book.createCustomer(did);
    await kit.book.grant(customer.id, {
      id: `cg_${index}`,
      amount: '100',
      name: 'Package',
      category: 'paid',
      effectiveAtMs: Date.now() - 30 * DAY_MS,
      expiresAtMs: null,
    });
    await kit.book.report(customer.id, `first-${index}`, '12.3456789', Date.now() - DAY_MS);
  }
  host = await startHost(kit.baseUrl);
  await host.usage.calls.record(
    USERS.map((userDid) => ({
      userDid,
      model: 'm',
      status: 'success' as const,
      startedAt: Date.now() - DAY_MS,
      credits: '12.3456789',
    })),
  );
});

afterEach(async () => {
  await host.close();
  await kit.stop();
  rmSync(directory, { recursive: true, force: true });
});

const DOWN = 'warn The quota provider fails: the last snapshots are shown';
const BACK = 'info The quota provider has recovered';

test('payment-kit killed under load: values with their age, one line in the log', async () => {
  for (const user of USERS)
    expect(await poll(user)).toMatchObject({ remaining: '87.6543211', stale: null });
  const load = startLoad();
  await waitMs(400);
  const { port } = kit;
  await kit.stop();
  await waitMs(2500);
  const responses = await load.stop();

  const slowestMs = Math.max(...responses.map(({ tookMs }) => tookMs));
  console.info(`${responses.length} answers, the slowest after ${Math.round(slowestMs)} ms`);
  expect(responses.filter(({ status }) => status !== 200)).toEqual([]);
  const quotas = responses.filter(({ path }) => path === 'quota').map(({ body }) => body);
  expect(new Set(quotas.map(({ status, remaining }) => `${status} ${remaining ?? '?'}`))).toEqual(
    new Set(['ok 87.6543211']),
  );
  const { stale } = await poll(USERS[0] ?? '');
  expect(stale?.ageSeconds).toBeGreaterThanOrEqual(2);
  expect(log).toEqual([DOWN]);

  kit = await startKit(port);
  const customer = await kit.book.findCustomer(USERS[0] ?? '');
  await kit.book.report(customer?.id ?? '', 'second', '7.6543211', Date.now());
  // The pages poll each minute; payment-kit is tried again long before.
  await waitMs(5500);
  expect(await poll(USERS[0] ?? '')).toMatchObject({ remaining: '80', stale: null });
  expect(await poll(USERS[1] ?? '')).toMatchObject({ remaining: '87.6543211', stale: null });
  expect(log).toEqual([DOWN, BACK]);
});

test('a restart of the host while payment-kit is down keeps the last known values', async () => {
  expect(await poll(USERS[3] ?? '')).toMatchObject({ stale: null });
  await host.close();
  const { port } = kit;
  await kit.stop();
  host = await startHost(`http://127.0.0.1:${port}`);
  const quota = await poll(USERS[3] ?? '');
  expect(quota).toMatchObject({ status: 'ok', remaining: '87.6543211', total: '100' });
  expect(quota.stale).not.toBeNull();
  // Another user's were never asked for.
  expect(await poll(USERS[4] ?? '')).toMatchObject({ status: 'unavailable', remaining: null });
  kit = await startKit(port);
});

describe('the switches', () => {
  const set = async (mode: string): Promise<number> =>
    (await fetch(`${kit.baseUrl}/_demo/fault/${mode}`, { method: 'PUT' })).status;

  test.each(['slow', 'hanging', 'failing', 'wrong', 'huge'])(
    '%s: the last known values',
    async (mode) => {
      const [user = ''] = USERS;
      await poll(user);
      expect(await set(mode)).toBe(200);
      const { body } = await request('quota', user);
      expect(body).toMatchObject({ status: 'ok', remaining: '87.6543211' });
      expect(body.stale).not.toBeNull();
    },
  );

  test('flapping: most polls are answered all the same', async () => {
    const [user = ''] = USERS;
    await poll(user);
    await set('flapping');
    const polls: Quota[] = [];
    for (let index = 0; index < 10; index += 1) polls.push(await poll(user));
    expect(polls.every(({ remaining }) => remaining === '87.6543211')).toBe(true);
    expect(polls.filter(({ stale }) => stale === null).length).toBeGreaterThan(5);
  });

  test('a mode that does not exist changes nothing', async () => {
    expect(await set('exploding')).toBe(404);
    expect(kit.failures.mode).toBe('ok');
  });
});
