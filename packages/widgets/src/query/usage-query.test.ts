import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakePorts, flushPromises } from '@usage-kit/testing/fake-ports';
import { createMockClient } from '@usage-kit/testing/mock-client';
import type { RouteName } from '@usage-kit/server-sdk/contract';
import { toQueryKey } from '../store/query-key.js';
import { UsageStore } from '../store/usage-store.js';
import { createUsageQuery, type UsageQueryParams } from './usage-query.js';

const APP = 'zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c';
const MINUTE_MS = 60_000;

let ports: FakePorts;
let store: UsageStore;
let asked: unknown[][];

/** A client that writes down what it is asked. */
function createClient(mode: 'ok' | 'error' = 'ok') {
  const client = createMockClient(mode);
  return new Proxy(client, {
    get:
      (target, name: keyof typeof client) =>
      (...args: unknown[]) => {
        asked.push([name, ...args.filter((arg) => !isOptions(arg))]);
        return (target[name] as (...all: unknown[]) => unknown)(...args);
      },
  });
}

const isOptions = (arg: unknown): boolean =>
  typeof arg === 'object' && arg !== null && 'signal' in arg;

function query<Name extends RouteName>(
  route: Name,
  params: UsageQueryParams<Name> | null,
  intervalMs: number | null = null,
) {
  return createUsageQuery(route, params, { client: createClient(), store, intervalMs });
}

beforeEach(() => {
  vi.stubGlobal('document', {});
  ports = new FakePorts();
  store = new UsageStore(ports);
  asked = [];
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a question', () => {
  it('is loading, then ready, and the same object until something changes', async () => {
    const { subscribe, getResult, getServerResult } = query('quota', {});
    const changes = vi.fn();
    expect(getResult()).toBe(getServerResult());
    expect(getResult()).toMatchObject({ status: 'loading', data: null, error: null });
    expect(asked).toEqual([]);
    subscribe(changes);
    await flushPromises();
    expect(getResult()).toMatchObject({ status: 'ready', updatedAtMs: ports.now() });
    expect(getResult().data?.remaining).toMatch(/^8412\.56/);
    expect(getResult()).toBe(getResult());
    expect(changes).toHaveBeenCalledOnce();
    await ports.show(false);
    expect(changes).toHaveBeenCalledOnce();
  });

  it('has the key of an element, and is sent with the instants of its range', async () => {
    const { key, subscribe } = query('overview', { timeZone: 'Europe/Berlin' });
    const range = { from: 'last-30-days', to: '' };
    expect(key).toBe(toQueryKey('overview', { ...range, timeZone: 'Europe/Berlin' }));
    subscribe(() => undefined);
    expect(asked).toEqual([
      [
        'getOverview',
        {
          from: '2026-10-23T22:00:00.000Z',
          to: '2026-11-22T12:01:00.000Z',
          timeZone: 'Europe/Berlin',
        },
      ],
    ]);
  });

  it('of a project has its identifier in the path', () => {
    const range = { from: '2026-11-01', to: '2026-11-02', timeZone: 'UTC' };
    const { key, subscribe } = query('projectCalls', { appDid: APP, limit: 5, ...range });
    expect(key).toBe(`/projects/${APP}/calls?from=2026-11-01&limit=5&timeZone=UTC&to=2026-11-02`);
    subscribe(() => undefined);
    const instants = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-03T00:00:00.000Z' };
    expect(asked).toEqual([['getProjectCalls', APP, { limit: 5, ...instants, timeZone: 'UTC' }]]);
  });

  it('reaches the method of every endpoint', () => {
    const account = ['overview', 'projects', 'trends', 'models', 'advice'] as const;
    const project = ['projectStats', 'projectTrends', 'projectModels', 'projectCalls'] as const;
    for (const route of account) query(route, {}).subscribe(() => undefined);
    for (const route of project) query(route, { appDid: APP }).subscribe(() => undefined);
    for (const route of ['quota', 'quotaDetails', 'alerts', 'budgets'] as const) {
      query(route, {}).subscribe(() => undefined);
    }
    const methods = [...account, ...project, 'quota', 'quotaDetails', 'alerts', 'budgets'].map(
      (route) => `get${route[0]?.toUpperCase()}${route.slice(1)}`,
    );
    expect(asked.map(([method]) => method)).toEqual(methods);
  });

  it('with an unreadable range fails for good, without a request', async () => {
    const { subscribe, getResult } = query('trends', { from: 'yesterday' }, MINUTE_MS);
    subscribe(() => undefined);
    await ports.advance(10 * MINUTE_MS);
    expect(getResult()).toMatchObject({ status: 'failed', data: null, retryAtMs: null });
    expect(getResult().error).toMatchObject({ code: 'PARAMETER_INVALID', retryable: false });
    expect(asked).toEqual([]);
  });

  it('that is not there yet is idle', () => {
    const { subscribe, getResult } = query('projectStats', null);
    subscribe(() => undefined);
    expect(getResult().status).toBe('idle');
    expect(asked).toEqual([]);
  });
});

describe('the page’s store', () => {
  it('asks once for equal questions, polls, and stops while the page is hidden', async () => {
    query('quota', {}, MINUTE_MS).subscribe(() => undefined);
    query('quota', {}).subscribe(() => undefined);
    await flushPromises();
    expect(asked).toHaveLength(1);
    await ports.advance(MINUTE_MS);
    expect(asked).toHaveLength(2);
    await ports.show(false);
    await ports.advance(10 * MINUTE_MS);
    expect(asked).toHaveLength(2);
    await ports.show(true);
    expect(asked).toHaveLength(3);
  });

  it('asks once for a component that is mounted, unmounted and mounted, and never after the last', async () => {
    const { subscribe } = query('quota', {}, MINUTE_MS);
    const changes = vi.fn();
    subscribe(changes)();
    const unsubscribe = subscribe(changes);
    await flushPromises();
    expect(asked).toHaveLength(1);
    expect(changes).toHaveBeenCalledOnce();
    unsubscribe();
    await flushPromises();
    expect(ports.timerCount).toBe(0);
    expect(ports.watcherCount).toBe(0);
    await ports.advance(10 * MINUTE_MS);
    expect(asked).toHaveLength(1);
    expect(changes).toHaveBeenCalledOnce();
  });

  it('keeps the last good figures with a failure, and sends again when a person wants it', async () => {
    const client = createClient();
    const { subscribe, getResult } = createUsageQuery('quota', {}, { client, store });
    subscribe(() => undefined);
    await flushPromises();
    const { data, refetch } = getResult();
    const failing = createClient('error');
    createUsageQuery('quota', {}, { client: failing, store }).subscribe(() => undefined);
    refetch();
    await flushPromises();
    expect(getResult()).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
    expect(getResult().data).toBe(data);
    expect(getResult().retryAtMs).toBeGreaterThan(ports.now());
  });
});
