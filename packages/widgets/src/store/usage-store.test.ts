import { beforeEach, describe, expect, it } from 'vitest';
import { UsageRequestError } from '../client/usage-request-error.js';
import { FakePorts, flushPromises } from '@usage-kit/testing/fake-ports';
import type { Query } from './query-entry.js';
import { UsageStore } from './usage-store.js';

const MINUTE_MS = 60_000;

function failure(status: number, retryAfterMs: number | null = null): UsageRequestError {
  const retryable = status === 429 || status >= 500;
  return new UsageRequestError('no', { code: `HTTP_${status}`, status, retryable, retryAfterMs });
}

let ports: FakePorts;
let store: UsageStore;
let requests: number;
let respond: () => Promise<unknown>;

function query(key = 'k'): Query<unknown> {
  return {
    key,
    fetch: () => {
      requests += 1;
      return respond();
    },
  };
}

function subscribe(key = 'k', intervalMs: number | null = MINUTE_MS): () => void {
  return store.subscribe(query(key), { intervalMs, onChange: () => undefined });
}

beforeEach(() => {
  ports = new FakePorts();
  store = new UsageStore(ports);
  requests = 0;
  respond = () => Promise.resolve('data');
});

describe('sharing', () => {
  it('asks once for one hundred subscribers, and once a cycle', async () => {
    for (let index = 0; index < 100; index += 1) subscribe();
    await flushPromises();
    expect(requests).toBe(1);
    await ports.advance(MINUTE_MS);
    expect(requests).toBe(2);
    expect(ports.timerCount).toBe(1);
  });

  it('polls at the shortest interval of its subscribers, at least five seconds', async () => {
    subscribe('k', MINUTE_MS);
    const stop = subscribe('k', 1);
    await flushPromises();
    await ports.advance(5_000);
    expect(requests).toBe(2);
    stop();
    await ports.advance(30_000);
    expect(requests).toBe(2);
  });

  it('tells every subscriber of every change', async () => {
    const seen: string[] = [];
    for (const name of ['a', 'b']) {
      store.subscribe(query(), { intervalMs: null, onChange: () => seen.push(name) });
    }
    await flushPromises();
    expect(seen).toContain('a');
    expect(seen).toContain('b');
    expect(store.getState('k')).toMatchObject({ status: 'ready', data: 'data' });
  });

  it('does not poll when no subscriber has an interval', async () => {
    subscribe('k', null);
    await ports.advance(60 * MINUTE_MS);
    expect(requests).toBe(1);
  });

  it('stops timers, watchers and the running request with the last subscriber', async () => {
    let signal: AbortSignal | undefined;
    const stop = store.subscribe(
      {
        key: 'k',
        fetch: (options) => {
          signal = options.signal;
          return new Promise(() => undefined);
        },
      },
      { intervalMs: MINUTE_MS, onChange: () => undefined },
    );
    stop();
    expect(signal?.aborted).toBe(true);
    expect(ports.timerCount).toBe(0);
    expect(ports.watcherCount).toBe(0);
  });
});

describe('pausing', () => {
  it('asks nothing while hidden for an hour, and once on return', async () => {
    subscribe();
    await flushPromises();
    await ports.show(false);
    await ports.advance(60 * MINUTE_MS);
    expect(requests).toBe(1);
    await ports.show(true);
    expect(requests).toBe(2);
  });

  it('does not ask again on return when the data is young', async () => {
    subscribe();
    await flushPromises();
    await ports.show(false);
    await ports.advance(10_000);
    await ports.show(true);
    expect(requests).toBe(1);
    await ports.advance(50_000);
    expect(requests).toBe(2);
  });

  it('refreshes what is not polled when it comes back after more than five minutes', async () => {
    subscribe('k', null);
    await flushPromises();
    await ports.show(false);
    await ports.advance(4 * MINUTE_MS);
    await ports.show(true);
    expect(requests).toBe(1);
    await ports.show(false);
    await ports.advance(2 * MINUTE_MS);
    await ports.show(true);
    expect(requests).toBe(2);
  });

  it('waits for the connection before it asks for the first time', async () => {
    ports.online = false;
    subscribe();
    await flushPromises();
    expect(requests).toBe(0);
    await ports.connect(true);
    expect(requests).toBe(1);
  });

  it('does not poll while paused, five times slower while slow', async () => {
    subscribe();
    await flushPromises();
    store.setPollRate('paused');
    await ports.advance(60 * MINUTE_MS);
    expect(requests).toBe(1);
    store.setPollRate('slow');
    await flushPromises();
    expect(requests).toBe(2);
    await ports.advance(4.9 * MINUTE_MS);
    expect(requests).toBe(2);
    await ports.advance(0.2 * MINUTE_MS);
    expect(requests).toBe(3);
  });

  it('loads for the first time although paused', async () => {
    store.setPollRate('paused');
    subscribe();
    await flushPromises();
    expect(store.getState('k').status).toBe('ready');
  });
});

describe('out of view', () => {
  let isInView: boolean;
  const subscribeInView = (key = 'k', intervalMs: number | null = MINUTE_MS): (() => void) =>
    store.subscribe(query(key), {
      intervalMs,
      onChange: () => undefined,
      isInView: () => isInView,
    });

  beforeEach(() => {
    isInView = false;
  });

  it('loads once and asks no more for an hour, then once on return', async () => {
    subscribeInView();
    await ports.advance(60 * MINUTE_MS);
    expect(requests).toBe(1);
    expect(ports.timerCount).toBe(0);
    isInView = true;
    store.reschedule('k');
    await flushPromises();
    expect(requests).toBe(2);
    await ports.advance(MINUTE_MS);
    expect(requests).toBe(3);
  });

  it('does not ask on return while the data is young', async () => {
    subscribeInView();
    await ports.advance(30_000);
    isInView = true;
    store.reschedule('k');
    await flushPromises();
    expect(requests).toBe(1);
    await ports.advance(30_000);
    expect(requests).toBe(2);
  });

  it('goes on polling for as long as one of its readers is seen', async () => {
    subscribeInView();
    const stop = subscribe();
    await ports.advance(MINUTE_MS);
    expect(requests).toBe(2);
    stop();
    await ports.advance(60 * MINUTE_MS);
    expect(requests).toBe(2);
  });

  it('does not retry a query that is out of view', async () => {
    respond = () => Promise.reject(failure(500));
    subscribeInView();
    await ports.advance(60 * MINUTE_MS);
    expect(requests).toBe(1);
    isInView = true;
    store.reschedule('k');
    await flushPromises();
    expect(requests).toBe(2);
  });
});

describe('a server that asks to be left alone', () => {
  it('gets one request a minute from a whole page', async () => {
    respond = () => Promise.reject(failure(503, MINUTE_MS));
    const keys = ['a', 'b', 'c', 'd', 'e'];
    keys.forEach((key) => subscribe(key, 30_000));
    await flushPromises();
    expect(requests).toBe(keys.length);
    for (let minute = 1; minute <= 30; minute += 1) {
      const before = requests;
      await ports.advance(MINUTE_MS);
      expect(requests - before).toBeLessThanOrEqual(1);
    }
    expect(requests).toBeGreaterThan(keys.length + 5);
  });

  it('gets everything again once it answers', async () => {
    respond = () => Promise.reject(failure(503, MINUTE_MS));
    ['a', 'b', 'c'].forEach((key) => subscribe(key));
    await flushPromises();
    respond = () => Promise.resolve('well');
    await ports.advance(3 * MINUTE_MS);
    for (const key of ['a', 'b', 'c']) {
      expect(store.getState(key)).toMatchObject({ status: 'ready', data: 'well' });
    }
  });

  it('is not asked by new questions either, and they wait for no longer than it said', async () => {
    respond = () => Promise.reject(failure(429, MINUTE_MS));
    subscribe('a', null);
    await flushPromises();
    subscribe('b', null);
    await flushPromises();
    expect(requests).toBe(1);
    respond = () => Promise.resolve('well');
    await ports.advance(1.2 * MINUTE_MS);
    expect(store.getState('b')).toMatchObject({ status: 'ready' });
  });

  it('does not keep the others waiting when the trial is given up', async () => {
    respond = () => Promise.reject(failure(503, MINUTE_MS));
    const stop = subscribe('a', null);
    subscribe('b', null);
    await flushPromises();
    respond = () => new Promise(() => undefined);
    await ports.advance(1.2 * MINUTE_MS);
    const before = requests;
    respond = () => Promise.resolve('well');
    stop();
    await ports.advance(MINUTE_MS);
    expect(requests).toBeGreaterThan(before);
    expect(store.getState('b')).toMatchObject({ status: 'ready' });
  });
});

describe('failing', () => {
  it('keeps the last good data and its time', async () => {
    subscribe();
    await flushPromises();
    const updatedAtMs = ports.now();
    respond = () => Promise.reject(failure(500));
    await ports.advance(MINUTE_MS);
    expect(store.getState('k')).toMatchObject({ status: 'failed', data: 'data', updatedAtMs });
  });

  it('asks at most once a minute when the server says Retry-After: 60', async () => {
    respond = () => Promise.reject(failure(503, MINUTE_MS));
    subscribe('k', 5_000);
    for (let minute = 1; minute <= 10; minute += 1) {
      await ports.advance(MINUTE_MS);
      expect(requests).toBeLessThanOrEqual(minute + 1);
    }
    expect(requests).toBeGreaterThan(1);
  });

  it('holds Retry-After against the retry button and against leaving and coming back', async () => {
    respond = () => Promise.reject(failure(429, MINUTE_MS));
    const stop = subscribe();
    await flushPromises();
    store.refetch('k');
    await flushPromises();
    expect(requests).toBe(1);
    stop();
    subscribe();
    await flushPromises();
    expect(requests).toBe(1);
    await ports.advance(MINUTE_MS);
    expect(requests).toBe(2);
  });

  it('says why a question is not asked while the server wants no request', async () => {
    respond = () => Promise.reject(failure(503, MINUTE_MS));
    subscribe('k');
    await flushPromises();
    subscribe('other');
    await flushPromises();
    expect(requests).toBe(1);
    expect(store.getState('other')).toMatchObject({
      status: 'failed',
      error: { status: 503 },
      retryAtMs: ports.now() + MINUTE_MS,
    });
    respond = () => Promise.resolve('good');
    await ports.advance(2 * MINUTE_MS);
    expect(store.getState('other')).toMatchObject({ status: 'ready', data: 'good' });
  });

  it('backs off exponentially, to a quarter of an hour', async () => {
    respond = () => Promise.reject(failure(500));
    subscribe('k', null);
    const delays: number[] = [];
    let lastMs = ports.now();
    await flushPromises();
    for (let seen = 1; seen < 12;) {
      await ports.advance(1_000);
      if (requests === seen) continue;
      delays.push(Math.round((ports.now() - lastMs) / 1_000));
      lastMs = ports.now();
      seen = requests;
    }
    expect(delays.slice(0, 4)).toEqual([5, 10, 20, 40]);
    expect(delays.at(-1)).toBe(900);
  });

  it.each([400, 401, 403, 404])('stops after a %i until a person retries', async (status) => {
    respond = () => Promise.reject(failure(status));
    subscribe();
    await ports.advance(60 * MINUTE_MS);
    await ports.show(false);
    await ports.show(true);
    expect(requests).toBe(1);
    expect(store.getState('k')).toMatchObject({ status: 'failed', retryAtMs: null });
    respond = () => Promise.resolve('again');
    store.refetch('k');
    await flushPromises();
    expect(store.getState('k')).toMatchObject({ status: 'ready', data: 'again' });
  });

  it('polls at the usual pace again after it recovered', async () => {
    respond = () => Promise.reject(failure(500));
    subscribe('k', 10_000);
    await ports.advance(35_000);
    respond = () => Promise.resolve('well');
    await ports.advance(MINUTE_MS);
    const before = requests;
    await ports.advance(50_000);
    expect(requests - before).toBe(5);
  });
});

describe('late answers', () => {
  it('drops the answer of a question that was given up', async () => {
    const resolvers: ((value: unknown) => void)[] = [];
    respond = () => new Promise((resolve) => resolvers.push(resolve));
    subscribe('old')();
    subscribe('new');
    resolvers[1]?.('new data');
    resolvers[0]?.('old data');
    await flushPromises();
    expect(store.getState('new')).toMatchObject({ data: 'new data' });
    expect('data' in store.getState('old')).toBe(false);
  });

  it('does not let a first request that was given up overwrite the second of the same key', async () => {
    const resolvers: ((value: unknown) => void)[] = [];
    respond = () => new Promise((resolve) => resolvers.push(resolve));
    subscribe()();
    subscribe();
    resolvers[1]?.('second');
    await flushPromises();
    resolvers[0]?.('first');
    await flushPromises();
    expect(store.getState('k')).toMatchObject({ status: 'ready', data: 'second' });
  });

  it('shows data of a moment ago without asking again', async () => {
    const stop = subscribe('k', null);
    await flushPromises();
    stop();
    await ports.advance(5_000);
    subscribe('k', null);
    await flushPromises();
    expect(requests).toBe(1);
    expect(store.getState('k').status).toBe('ready');
  });
});
