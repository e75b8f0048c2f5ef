import { afterEach, describe, expect, test } from 'vitest';
import { paymentKitQuota, type PaymentKitHttpOptions } from '../../src/index.js';
import {
  ALICE,
  answersOf,
  ledgerRequestOf,
  requestOf,
  serveWire,
  type Answers,
} from './payment-kit-fixture.js';

const METER = 'agent-hub-ai-meter';
const credentials = { authorization: 'Bearer secret-token' };
const SUMMARY = 'credit-grants/summary';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serve(
  answers: Answers,
  options: Partial<PaymentKitHttpOptions> = {},
): Promise<
  Awaited<ReturnType<typeof serveWire>> & { provider: ReturnType<typeof paymentKitQuota> }
> {
  const server = await serveWire(answers);
  open.push(server);
  const { baseUrl } = server;
  return {
    ...server,
    provider: paymentKitQuota({ baseUrl, credentials, meter: METER, ...options }),
  };
}

const five = (): Answers =>
  answersOf({ decimal: 2, total: '900', remaining: '500', pending: '25' });

describe('requests', () => {
  test('only read, say the mode and carry the credentials (§0.2, §0.7)', async () => {
    const { provider, asked } = await serve(five(), { autoRechargeIdOf: () => 'arc_1' });
    expect(await provider.getQuota(requestOf())).toMatchObject({ total: '9', remaining: '4.75' });
    await provider.listLedger(ledgerRequestOf());
    await provider.getAutoRecharge?.(requestOf());
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(new Set(asked.map(({ query }) => query['livemode']))).toEqual(new Set(['true']));
    expect(asked.every(({ headers }) => headers.authorization === 'Bearer secret-token')).toBe(
      true,
    );
    // Reading a configuration by customer would create one, and so would asking for a customer with `create`.
    expect(asked.filter(({ path }) => path.includes('auto-recharge-configs/customer'))).toEqual([]);
    expect(asked.filter(({ query }) => 'create' in query)).toEqual([]);
  });

  test('the test mode, and credentials by user', async () => {
    const { provider, asked } = await serve(five(), {
      livemode: false,
      credentials: (userDid) => Promise.resolve({ cookie: `login_token=${userDid}` }),
    });
    await provider.getQuota(requestOf());
    expect(asked.every(({ query }) => query['livemode'] === 'false')).toBe(true);
    expect(asked.every(({ headers }) => headers.cookie === `login_token=${ALICE}`)).toBe(true);
  });

  test('lists say their order as payment-kit reads it, and voided grants are asked for by name', async () => {
    const { provider, asked } = await serve(five());
    await provider.listLedger(ledgerRequestOf({ fromMs: 1_500, toMs: 90_500 }));
    const [transactions] = asked.filter(({ path }) => path.endsWith('/credit-transactions'));
    expect(transactions?.query).toMatchObject({
      customer_id: 'cus_1',
      meter_id: 'mtr_1',
      start: '1',
      end: '91',
      page: '1',
      pageSize: '100',
      'order[0][0]': 'created_at',
      'order[0][1]': 'DESC',
      'order[1][0]': 'id',
    });
    const [grants] = asked.filter(({ path }) => path.endsWith('/credit-grants'));
    expect(grants?.query['status']).toBe('granted,pending,depleted,expired,voided');
  });

  test('the meter and the customer are asked for once', async () => {
    const { provider, asked } = await serve(five());
    for (let poll = 0; poll < 3; poll += 1) await provider.getQuota(requestOf());
    const count = (part: string): number => asked.filter(({ path }) => path.includes(part)).length;
    expect([count('/meters/'), count('/customers/'), count('/summary')]).toEqual([1, 1, 3]);
  });
});

describe('failures (§0.9)', () => {
  const failing = (times: number, status: number): Answers => {
    let left = times;
    const good = five()[SUMMARY];
    return { ...five(), [SUMMARY]: () => (left-- > 0 ? status : good) };
  };

  test('three 5xx in a row are tried again', async () => {
    const { provider, asked } = await serve(failing(3, 503));
    expect(await provider.getQuota(requestOf())).toMatchObject({ remaining: '4.75' });
    expect(asked.filter(({ path }) => path.endsWith('/summary'))).toHaveLength(4);
  });

  test('a fourth is a failure', async () => {
    const { provider } = await serve(failing(4, 500));
    await expect(provider.getQuota(requestOf())).rejects.toThrow('responded with 500');
  });

  test.each([
    [400, 'user'],
    [401, 'provider'],
    [403, 'user'],
    [429, 'provider'],
  ])('%i is asked once and a fault of the %s', async (status, concerns) => {
    const { provider, asked } = await serve(failing(9, status));
    await expect(provider.getQuota(requestOf())).rejects.toMatchObject({ concerns });
    expect(asked.filter(({ path }) => path.endsWith('/summary'))).toHaveLength(1);
  });

  test('no server listens: a failure of the provider, without the credentials in it', async () => {
    const { provider, close } = await serve(five());
    await close();
    const failure = await provider.getQuota(requestOf()).then(null, (reason: unknown) => reason);
    expect(failure).toMatchObject({ concerns: 'provider' });
    expect(String(failure)).not.toContain('secret-token');
  });

  test('an abort ends the tries', async () => {
    const { provider, asked } = await serve({ ...five(), [SUMMARY]: 500 });
    const request = { ...requestOf(), signal: AbortSignal.timeout(50) };
    await expect(provider.getQuota(request)).rejects.toThrow();
    expect(asked.filter(({ path }) => path.endsWith('/summary')).length).toBeLessThan(4);
  });

  test.each([
    ['HTML', '<!doctype html><title>Gateway</title>'],
    ['half an object', '{"pc_1":'],
    ['a list', '[]'],
    ['a word', '"ok"'],
    ['nothing', ''],
  ])('%s is no balance', async (_name, body) => {
    const { provider } = await serve({ ...five(), [SUMMARY]: () => body });
    await expect(provider.getQuota(requestOf())).rejects.toMatchObject({ concerns: 'provider' });
  });

  test('a body without end is not read to its end', async () => {
    const huge = `{"pc_1":"${'9'.repeat(20_000_000)}"}`;
    const { provider } = await serve({ ...five(), [SUMMARY]: () => huge });
    await expect(provider.getQuota(requestOf())).rejects.toThrow('more than');
  });
});

describe('the address', () => {
  test.each([
    'http://pay.example.com',
    'ftp://127.0.0.1',
    'pay.example.com',
    '',
    'https://me:pw@pay.example.com',
    'https://pay.example.com/?x=1',
    'http://127.0.0.1.example.com',
  ])('%j is refused', (baseUrl) => {
    expect(() => paymentKitQuota({ baseUrl, credentials, meter: METER })).toThrow('baseUrl');
  });

  test('a redirect does not get the credentials', async () => {
    const elsewhere = await serveWire(five());
    open.push(elsewhere);
    const { provider } = await serve(five(), {
      fetch: (url, init) =>
        init?.redirect === 'error'
          ? Promise.reject(new TypeError('unexpected redirect'))
          : fetch(`${elsewhere.baseUrl}api/x`, init).then(() => fetch(url as URL, init)),
    });
    await expect(provider.getQuota(requestOf())).rejects.toMatchObject({ concerns: 'provider' });
    expect(elsewhere.asked).toEqual([]);
  });
});
