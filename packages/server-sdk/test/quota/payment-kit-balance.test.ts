import { describe, expect, test } from 'vitest';
import { paymentKitQuota, QuotaProviderError, type QuotaProvider } from '../../src/index.js';
import { ALICE, BOB, answersOf, clientOf, requestOf, type Answers } from './payment-kit-fixture.js';

const METER = 'agent-hub-ai-meter';

function quotaOf(answers: Answers, options: object = {}): QuotaProvider {
  return paymentKitQuota({ client: clientOf(answers), meter: METER, ...options });
}

const ask = (answers: Answers, options: object = {}): ReturnType<QuotaProvider['getQuota']> =>
  quotaOf(answers, options).getQuota(requestOf());

describe('amounts are base units (§0.2, §0.3, §2)', () => {
  test.each([
    [
      '10 decimals',
      10,
      '50000000000',
      '12345678901',
      { total: '5', used: '3.7654321099', remaining: '1.2345678901' },
    ],
    ['no decimals', 0, '20', '7', { total: '20', used: '13', remaining: '7' }],
    [
      '18 decimals',
      18,
      '2000000000000000000',
      '1',
      { total: '2', used: '1.999999999999999999', remaining: '0.000000000000000001' },
    ],
    [
      '40 digits',
      10,
      '1234567890123456789012345678901234567890',
      '1',
      { total: '123456789012345678901234567890.123456789', remaining: '0.0000000001' },
    ],
    ['numbers instead of text', 10, 50_000_000_000, 0, { total: '5', used: '5', remaining: '0' }],
  ])('%s', async (_name, decimal, total, remaining, expected) => {
    expect(await ask(answersOf({ decimal, total, remaining }))).toMatchObject({
      status: 'ok',
      currency: { symbol: 'HUB', name: 'Hub Credits', decimal },
      pending: '0',
      overdue: '0',
      ...expected,
    });
  });

  test.each(['1.5', 'abc', '0x10', '', null, undefined, 1.5, '1e3'])(
    'an amount of %j is no amount, and never zero',
    async (remaining) => {
      const answers = answersOf({ total: '10', remaining: '5' });
      const summary = answers['credit-grants/summary'] as { pc_1: object };
      Object.assign(summary.pc_1, { remainingAmount: remaining });
      await expect(ask(answers)).rejects.toThrow(QuotaProviderError);
    },
  );

  test.each([undefined, null, -1, 1.5, '10', 1000])(
    'decimals of %j are not guessed',
    async (decimal) => {
      const answers = answersOf({ total: '10', remaining: '5' });
      const meter = answers[`meters/${METER}`] as { paymentCurrency: object };
      Object.assign(meter.paymentCurrency, { decimal });
      await expect(ask(answers)).rejects.toThrow('decimals');
    },
  );

  test('a summary with other decimals than the meter is refused', async () => {
    const answers = answersOf({ total: '10', remaining: '5' });
    const summary = answers['credit-grants/summary'] as { pc_1: object };
    Object.assign(summary.pc_1, { paymentCurrency: { decimal: 18 } });
    await expect(ask(answers)).rejects.toThrow('disagree');
  });
});

describe('the balance is net of pending use (§6)', () => {
  test.each([
    ['less than the balance', '30', { used: '80', remaining: '20', pending: '30', overdue: '0' }],
    ['exactly the balance', '50', { used: '100', remaining: '0', pending: '50', overdue: '0' }],
    [
      'more than the balance',
      '70',
      { total: '100', used: '120', remaining: '-20', pending: '70', overdue: '20' },
    ],
    ['negative', '-5', { remaining: '50', pending: '0', overdue: '0' }],
    ['absent', undefined, { remaining: '50', pending: '0' }],
    ['null', null, { remaining: '50', pending: '0' }],
  ])('pending use that is %s', async (_name, pending, expected) => {
    const answers = answersOf({ decimal: 0, total: '100', remaining: '50', pending });
    expect(await ask(answers)).toMatchObject(expected);
  });

  test('no pending amount of any currency is none', async () => {
    const answers = answersOf({ decimal: 0, total: '100', remaining: '50' });
    expect(await ask(answers)).toMatchObject({ remaining: '50', pending: '0' });
  });

  test('an answer that is nothing at all is not zero', async () => {
    const answers = answersOf({ decimal: 0, total: '100', remaining: '50' });
    await expect(
      ask({ ...answers, 'meter-events/pending-amount': () => undefined }),
    ).rejects.toThrow(QuotaProviderError);
  });
});

describe('currencies and customers', () => {
  test('a customer without a grant of the currency has a known zero, whatever else there is', async () => {
    const answers = answersOf({});
    delete (answers['credit-grants/summary'] as { pc_1?: object }).pc_1;
    expect(await ask(answers)).toMatchObject({
      status: 'ok',
      total: '0',
      used: '0',
      remaining: '0',
    });
  });

  test('a meter without its currency has it looked up', async () => {
    const answers = answersOf({ total: '10', remaining: '10' });
    const meter = answers[`meters/${METER}`] as { paymentCurrency: unknown };
    const currency = { ...(meter.paymentCurrency as object), decimal: 1 };
    meter.paymentCurrency = null;
    delete (answers['credit-grants/summary'] as { pc_1: { paymentCurrency?: object } }).pc_1
      .paymentCurrency;
    expect(await ask({ ...answers, 'payment-currencies/pc_1': currency })).toMatchObject({
      remaining: '1',
    });
    await expect(ask(answers)).rejects.toThrow('The currency is not an object');
  });

  test.each([
    ['404', undefined],
    ['null', () => null],
  ])('a customer that is %s has no account, and is not created', async (_name, customer) => {
    const asked: string[] = [];
    const answers = { ...answersOf({ total: '1' }), [`customers/${ALICE}`]: customer };
    const provider = paymentKitQuota({ client: clientOf(answers, asked), meter: METER });
    const balance = await provider.getQuota(requestOf());
    expect(balance).toMatchObject({ status: 'noAccount', currency: { symbol: 'HUB' } });
    expect(balance).not.toHaveProperty('remaining');
    expect(asked.filter((path) => path.startsWith('credit-grants'))).toEqual([]);
    expect(await provider.getAutoRecharge?.(requestOf())).toBeNull();
  });

  test('no meter of that name is no answer', async () => {
    await expect(ask({ ...answersOf({}), [`meters/${METER}`]: undefined })).rejects.toThrow(
      'meter',
    );
  });

  test('an answer about another customer stops here (§0.5)', async () => {
    const answers = answersOf({ total: '1' });
    Object.assign(answers[`customers/${ALICE}`] as object, { did: BOB });
    await expect(ask(answers)).rejects.toThrow('another customer');
  });
});

describe('ids (§0.4)', () => {
  test.each([
    'x/../../y?z=1',
    '',
    'alice',
    '../meters',
    `${ALICE}/..`,
    'cus_../x',
    'z'.repeat(300),
  ])('a user %j is asked nothing about', async (userDid) => {
    const asked: string[] = [];
    const provider = paymentKitQuota({ client: clientOf(answersOf({}), asked), meter: METER });
    await expect(provider.getQuota(requestOf(userDid))).rejects.toMatchObject({ concerns: 'user' });
    expect(asked.filter((path) => !path.startsWith('meters/'))).toEqual([]);
  });

  test('a DID as a URI is encoded in paths', async () => {
    const asked: string[] = [];
    const uri = `did:abt:${ALICE}`;
    const answers: Answers = answersOf({ total: '1', remaining: '1' });
    answers[`customers/${uri}`] = answers[`customers/${ALICE}`];
    await paymentKitQuota({ client: clientOf(answers, asked), meter: METER }).getQuota(
      requestOf(uri),
    );
    expect(asked).toContain(`customers/did%3Aabt%3A${ALICE}`);
  });

  test.each(['a/b', '', 'x?y', '..%2f'])('a meter named %j is a mistake of the host', (meter) => {
    expect(() => paymentKitQuota({ client: clientOf({}), meter })).toThrow(TypeError);
  });

  test('a host that names users otherwise says which customer one is', async () => {
    const answers = answersOf({ decimal: 0, total: '3', remaining: '3' });
    const customerIdOf = (): string => ALICE;
    const provider = quotaOf(answers, { customerIdOf });
    expect(await provider.getQuota(requestOf('alice'))).toMatchObject({ remaining: '3' });
  });
});

describe('the client', () => {
  test('one outside a Blocklet is not waited for (§0.1)', async () => {
    const asked: string[] = [];
    const client = { ...clientOf(answersOf({}), asked), isPaymentRunning: () => false };
    const provider = paymentKitQuota({ client, meter: METER });
    await expect(provider.getQuota(requestOf())).rejects.toThrow('not running');
    expect(asked).toEqual([]);
  });

  test('its parameters are fresh each time (§0.6)', async () => {
    const provider = quotaOf(answersOf({ decimal: 0, total: '3', remaining: '3' }));
    await provider.getQuota(requestOf());
    expect(await provider.getQuota(requestOf())).toMatchObject({ remaining: '3' });
  });

  test.each([
    [{ response: { status: 500, data: 'secret' } }, 'provider'],
    [{ response: { status: 401 } }, 'provider'],
    [{ response: { status: 429 } }, 'provider'],
    [{ response: { status: 400 } }, 'user'],
    [{ message: 'component z2qa is not running, status: 503' }, 'provider'],
  ])('its error %j is a fault of the %s, without what it carried', async (details, concerns) => {
    const error = Object.assign(new Error('Request failed'), details);
    const answers = { ...answersOf({}), 'credit-grants/summary': () => Promise.reject(error) };
    const failure = await ask(answers).then(null, (reason: unknown) => reason);
    expect(failure).toMatchObject({ name: 'QuotaProviderError', concerns });
    expect(JSON.stringify(failure) + String(failure)).not.toContain('secret');
  });
});

describe('auto-recharge (§0.10, §7)', () => {
  const config = {
    id: 'arc_1',
    customer_id: 'cus_1',
    currency_id: 'pc_1',
    enabled: true,
    threshold: '100',
    quantity: 3,
    price: { unit_amount: '5000000', metadata: { credit_config: { credit_amount: '12.5' } } },
    daily_limits: { max_attempts: 2, max_amount: '77' },
    payment_settings: {
      payment_method_options: {
        stripe: { payer: 'acct_9', card_last4: '4242', exp_time: '12/30' },
      },
    },
    balanceResult: { stripeContext: { client_secret: 'seti_secret' } },
    customer: { email: 'alice@example.com' },
  };
  const answers = { ...answersOf({}), 'auto-recharge-configs/retrieve/arc_1': config };
  const read = (found: object, id: string | null = 'arc_1'): Promise<unknown> =>
    Promise.resolve(
      quotaOf(found as Answers, { autoRechargeIdOf: () => id }).getAutoRecharge?.(requestOf()),
    );

  test('its amounts are human, not base units; nothing of the payment is passed on', async () => {
    expect(await read(answers)).toEqual({
      enabled: true,
      threshold: '100',
      creditsPerPurchase: '37.5',
    });
  });

  test('without an id it is never asked for, as asking by customer would create one', async () => {
    const asked: string[] = [];
    const provider = paymentKitQuota({ client: clientOf(answers, asked), meter: METER });
    expect(await provider.getAutoRecharge?.(requestOf())).toBeNull();
    expect(asked).toEqual([]);
    expect(await read(answers, null)).toBeNull();
  });

  test.each([
    ['of another customer', { customer_id: 'cus_2' }],
    ['of another currency', { currency_id: 'pc_2' }],
    ['without a state', { enabled: undefined }],
  ])('one %s is none', async (_name, change) => {
    const path = 'auto-recharge-configs/retrieve/arc_1';
    expect(await read({ ...answers, [path]: { ...config, ...change } })).toBeNull();
  });

  test('a price or threshold that cannot be read is not known', async () => {
    const path = 'auto-recharge-configs/retrieve/arc_1';
    const changed = { ...config, price: null, threshold: '1e5' };
    expect(await read({ ...answers, [path]: changed })).toEqual({
      enabled: true,
      threshold: null,
      creditsPerPurchase: null,
    });
  });

  test('an id that is a path is refused', async () => {
    await expect(read(answers, '../customer/cus_1')).rejects.toThrow('no usable id');
  });
});

describe('links', () => {
  const withConfig = (config: unknown): Answers => ({
    ...answersOf({ total: '1', remaining: '1' }),
    'payment-currencies/pc_1/recharge-config': config,
  });
  const publicUrl = 'https://pay.example.com/payment/';

  test.each([
    [
      'inside its currency',
      { recharge_config: { checkout_url: 'https://buy.example.com/1' } },
      'https://buy.example.com/1',
    ],
    ['by itself', { checkout_url: 'https://buy.example.com/1' }, 'https://buy.example.com/1'],
    [
      'as a payment link',
      { payment_link_id: 'plink_1' },
      'https://pay.example.com/payment/checkout/pay/plink_1',
    ],
    ['that is a script', { checkout_url: 'javascript:alert(1)' }, null],
    ['over http', { checkout_url: 'http://buy.example.com/1' }, null],
    ['with a password', { checkout_url: 'https://me:pw@buy.example.com/1' }, null],
    ['that is null', () => null, null],
    ['that fails', () => Promise.reject(new Error('down')), null],
  ])('a checkout %s', async (_name, config, topUpUrl) => {
    expect(await ask(withConfig(config), { publicUrl })).toMatchObject({
      remaining: '0.0000000001',
      topUpUrl,
      billingUrl: 'https://pay.example.com/payment/customer?creditTab=transactions',
    });
  });

  test('the host’s own links win, and must be https', async () => {
    const own = { topUpUrl: 'https://me.example/up', billingUrl: 'https://me.example/bills' };
    const config = { checkout_url: 'https://buy.example.com/1' };
    expect(await ask(withConfig(config), own)).toMatchObject(own);
    for (const name of ['topUpUrl', 'billingUrl', 'publicUrl']) {
      expect(() => quotaOf({}, { [name]: 'http://me.example' })).toThrow(name);
    }
  });
});

test('no personal and no payment field leaves', async () => {
  const answers = answersOf({ total: '5', remaining: '5' });
  const text = JSON.stringify(await ask(answers, { publicUrl: 'https://pay.example.com' }));
  expect(text).not.toMatch(/cus_1|alice|Alice|555|Private|grantCount|pc_1|mtr_1/);
});
