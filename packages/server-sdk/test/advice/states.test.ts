import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  priceTable,
  type Advice,
  type AdviceItem,
  type ModelCallInput,
  type Problem,
} from '../../src/index.js';
import {
  NOW_MS,
  createTestUsageOn,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { ALL, EMBED } from '../helpers/embed-fixture.js';
import { takeServers } from '../helpers/take-servers.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const PRICES = priceTable({
  name: 'test@1',
  prices: [
    { model: 'big', input: '10', output: '10' },
    { model: 'small', input: '1', output: '1' },
  ],
});

/** Calls of alice's, a minute apart. */
function calls(count: number, fromMs: number, changes: Partial<ModelCallInput>): ModelCallInput[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ userDid: 'alice', appDid: 'app', model: 'big', status: 'success', durationMs: 10 },
    startedAt: fromMs + index * MINUTE_MS,
    ...changes,
  }));
}
const failed = { model: 'flaky', status: 'failed', errorReason: 'timeout', cost: '0.5' } as const;

const servers = await takeServers();

describe.each(servers)('what a user does with advice on $name', (databaseServer) => {
  let host: TestUsage;
  let server: TestServer;
  beforeAll(async () => {
    host = await createTestUsageOn(databaseServer, {
      ...{ pricing: { prices: PRICES }, embed: EMBED },
      advice: { alternatives: [{ model: 'small', insteadOf: 'big' }] },
    });
    server = await serveInKoa(host.usage);
    await host.usage.calls.record([
      // 10 of 40 calls of a model failed and cost 0.5 each: 5 dollars.
      ...calls(10, NOW_MS - DAY_MS, failed),
      ...calls(30, NOW_MS - DAY_MS, { model: 'flaky' }),
      // 100 calls of 1000 tokens at 10 dollars a million, 1 with the other: 1 − 0.1 = 0.9 dollars.
      ...calls(100, NOW_MS - 2 * DAY_MS, { usage: { inputTokens: 1000, outputTokens: 0 } }),
    ]);
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await host.close();
  });

  const ask = async (headers: Record<string, string> = {}, user: string | null = 'alice') =>
    (await server.get<Advice>('/advice', { user, headers })).body.items;
  const find = (items: readonly AdviceItem[], kind: string): AdviceItem => {
    const item = items.find(({ claim }) => claim.kind === kind);
    if (!item) throw new Error(`There is no advice of the kind ${kind}`);
    return item;
  };
  const send = async (
    path: string,
    { user = 'alice', body = {}, headers = {} } = {},
  ): Promise<{ status: number; json: (AdviceItem & Problem) | null }> => {
    const response = await fetch(`${server.url}/api/usage${path}`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        ...(user !== '' && { 'x-user': user }),
        ...headers,
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, json: text === '' ? null : (JSON.parse(text) as never) };
  };
  const statesOf = (items: readonly AdviceItem[]): Record<string, string> =>
    Object.fromEntries(items.map(({ claim, state }) => [claim.kind, state]));

  test('dismissed advice is last, until it is opened again', async () => {
    const { id } = find(await ask(), 'priceDifference');
    expect(await send(`/advice/${id}/dismiss`)).toMatchObject({
      status: 200,
      json: { id, state: 'dismissed', outcome: null },
    });
    const items = await ask();
    expect(statesOf(items)).toEqual({ failedCalls: 'open', priceDifference: 'dismissed' });
    expect(items.at(-1)?.id).toBe(id);
    expect((await send(`/advice/${id}/reopen`)).status).toBe(204);
    expect(statesOf(await ask())).toEqual({ failedCalls: 'open', priceDifference: 'open' });
    expect((await send(`/advice/${id}/reopen`)).json).toMatchObject({ code: 'ADVICE_NOT_FOUND' });
  });

  test('of another user, of none, and of a token of some projects, none is changed', async () => {
    const { id } = find(await ask(), 'failedCalls');
    for (const action of ['dismiss', 'done', 'reopen']) {
      const path = `/advice/${id}/${action}`;
      expect(await send(path, { user: 'bob' })).toMatchObject({
        ...{ status: 404, json: { code: 'ADVICE_NOT_FOUND' } },
      });
      expect((await send(path, { user: '' })).status).toBe(401);
      const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
      expect((await send(path, { headers: foreign })).status).toBe(403);
      const token = async (some: object): Promise<Record<string, string>> => ({
        authorization: `Bearer ${await host.usage.createEmbedToken({ userDid: 'alice', ...ALL, ...some })}`,
      });
      const readOnly = await send(path, { user: '', headers: await token({}) });
      expect(readOnly).toMatchObject({ status: 403, json: { code: 'SCOPE_FORBIDDEN' } });
      const some = { projects: ['app'], scopes: ['advice:read', 'advice:write'] };
      const restricted = await send(path, { user: '', headers: await token(some) });
      expect(restricted).toMatchObject({ status: 403, json: { code: 'PROJECT_FORBIDDEN' } });
    }
    expect(statesOf(await ask())).toEqual({ failedCalls: 'open', priceDifference: 'open' });
    expect(await host.usage.erase('bob')).toMatchObject({});
  });

  test.each([
    ['an id of no form', '/advice/x/dismiss', {}, 404],
    ['an id that there is not', `/advice/${'a'.repeat(22)}/done`, {}, 404],
    ['an unknown member', `/advice/${'a'.repeat(22)}/done`, { note: 'x' }, 400],
    ['a range that is reversed', `/advice/${'a'.repeat(22)}/done`, { from: '5', to: '4' }, 400],
    ['a body that is a list', `/advice/${'a'.repeat(22)}/dismiss`, [], 400],
  ])('%s is refused', async (_, path, body, status) => {
    expect((await send(path, { body })).status).toBe(status);
  });

  test('what is done is measured next to its promise once there are enough calls', async () => {
    const items = await ask();
    const failures = find(items, 'failedCalls');
    const prices = find(items, 'priceDifference');
    expect(await send(`/advice/${failures.id}/done`)).toMatchObject({
      json: { state: 'done', outcome: { promised: { amount: '5' }, measured: null, calls: 0 } },
    });
    await send(`/advice/${prices.id}/done`);
    host.clock.nowMs += DAY_MS;
    await host.usage.calls.record([
      // 19 calls are too few to measure by.
      ...calls(19, NOW_MS + 1000, { model: 'flaky', cost: '0.01' }),
      // 25 of 50 calls are now of the cheaper model: the difference of the others is 25 × (0.01 − 0.001) = 0.225 dollars.
      ...calls(25, NOW_MS + 1000, { usage: { inputTokens: 1000, outputTokens: 0 } }),
      ...calls(25, NOW_MS + 1000, {
        model: 'small',
        usage: { inputTokens: 1000, outputTokens: 0 },
      }),
    ]);
    const early = find(await ask(), 'failedCalls');
    expect(early).toMatchObject({ state: 'done', outcome: { measured: null, calls: 19 } });
    // The promise was of 100 calls, so 0.225 of 50 are 0.45 of 100: 0.9 − 0.45 = 0.45.
    expect(find(await ask(), 'priceDifference')).toMatchObject({
      claim: { calls: 100 },
      outcome: { promised: { amount: '0.9' }, measured: { amount: '0.45' }, calls: 50 },
    });
    // 1 of 20 calls fails: 0.5 dollars, which are 1 of 40 calls: 5 − 1 = 4.
    await host.usage.calls.record(calls(1, NOW_MS + 2000, failed));
    await host.usage.rollup.run();
    const item = find(await ask(), 'failedCalls');
    expect(item).toMatchObject({
      claim: { failedCalls: 10, calls: 40 },
      saving: { amount: '5' },
      outcome: {
        ...{ doneAt: new Date(NOW_MS).toISOString(), calls: 20 },
        promised: { amount: '5', currency: 'USD' },
        measured: {
          amount: '4',
          currency: 'USD',
          period: { from: new Date(NOW_MS).toISOString() },
        },
      },
    });
  });

  test('a token of some projects sees no outcome of the account', async () => {
    const authorization = `Bearer ${await host.usage.createEmbedToken({ ...ALL, userDid: 'alice', projects: ['app'] })}`;
    const items = await ask({ authorization }, null);
    const item = find(items, 'failedCalls');
    expect(item).toMatchObject({ state: 'done', outcome: null });
  });

  test('erasing a user removes the states of advice', async () => {
    const { usage } = host;
    expect(await usage.erase('alice')).toMatchObject({ rows: { model_advice_states: 2 } });
    expect(await ask()).toEqual([]);
  });
});
