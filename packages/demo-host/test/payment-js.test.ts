import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paymentKitQuota, type PaymentKitClient, type QuotaProvider } from '@usage-kit/server-sdk';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startPaymentKit, type RunningPaymentKit } from '../src/payment-kit/start-payment-kit.js';
import { DEMO_METER } from '../src/payment-kit/wire.js';
import { demoDid } from '../src/seed/demo-did.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/**
 * A folder in which `@blocklet/payment-js` is installed. It brings nearly 800 packages, so that it is no dependency of
 * this one; docs/adr/0010 says how to run these tests.
 */
const directory = process.env['PAYMENT_JS_DIRECTORY'];
if (directory === undefined) {
  console.warn('\n*** PAYMENT_JS_DIRECTORY is not set: tests of the real client are SKIPPED ***\n');
}

const did = demoDid('payment-js');

describe.skipIf(directory === undefined)('the client of @blocklet/payment-js', () => {
  let folder: string;
  let kit: RunningPaymentKit;
  let provider: QuotaProvider;
  const use = {
    firstCallAtMs: () => Promise.resolve(null),
    creditsE10Of: () => Promise.resolve([]),
  };
  const createQuery = (userDid = did): Parameters<QuotaProvider['getQuota']>[0] => ({
    userDid,
    nowMs: Date.now(),
    use,
    signal: AbortSignal.timeout(30_000),
    deadlineMs: 30_000,
  });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'usage-kit-payment-js-'));
    kit = await startPaymentKit({
      file: join(folder, 'kit.db'),
      clock: { now: () => Date.now() },
      token: 'not used',
    });
    const customer = await kit.book.createCustomer(did);
    await kit.book.grant(customer.id, {
      id: 'cg_1',
      amount: '100',
      name: 'Package',
      category: 'paid',
      effectiveAtMs: Date.now() - 86_400_000,
      expiresAtMs: null,
    });
    await kit.book.report(customer.id, 'first', '120.0000000001', Date.now() - 1000);
    const recharge = { enabled: 1, threshold: '50', quantity: 2 };
    await kit.book.saveRecharge({ id: 'arc_1', customer_id: customer.id, ...recharge });
    // What a Blocklet finds in its environment: itself, and where payment-kit is.
    const key = `0x${randomBytes(64).toString('hex')}`;
    Object.assign(process.env, {
      BLOCKLET_APP_SK: key,
      BLOCKLET_APP_ASK: key,
      BLOCKLET_APP_ID: demoDid('app'),
      BLOCKLET_COMPONENT_DID: demoDid('component'),
      BLOCKLET_MODE: 'production',
      BLOCKLET_MOUNT_POINTS: JSON.stringify([
        {
          did: 'z2qaCNvKMv5GjouKdcDWexv6WqtHbpNPQDnAk',
          name: 'payment-kit',
          title: 'Payment Kit',
          status: 6,
          port: kit.port,
          mountPoint: '/payment',
        },
      ]),
    });
    const load = createRequire(join(directory ?? '', 'package.json'));
    const loaded = load('@blocklet/payment-js') as { default: PaymentKitClient };
    provider = paymentKitQuota({
      client: loaded.default,
      meter: DEMO_METER,
      autoRechargeIdOf: () => 'arc_1',
    });
  });
  afterAll(async () => {
    await kit.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('reads an overdrawn balance, its ledger and the auto-recharge', async () => {
    expect(await provider.getQuota(createQuery())).toMatchObject({
      total: '100',
      used: '120.0000000001',
      remaining: '-20.0000000001',
      pending: '20.0000000001',
      overdue: '20.0000000001',
    });
    const range = { kind: null, fromMs: Date.now() - 1e9, toMs: null, page: 1, pageSize: 5 };
    const { items, sum } = await provider.listLedger({ ...createQuery(), ...range });
    expect(items.map(({ amount, balanceAfter }) => [amount, balanceAfter])).toEqual([
      ['-100', '0'],
      ['100', '100'],
    ]);
    expect(sum?.unexplained).toBe('0');
    expect(await provider.getAutoRecharge?.(createQuery())).toEqual({
      enabled: true,
      threshold: '50',
      creditsPerPurchase: '200',
    });
  });

  test('finds a customer by a DID as a URI, and reports that a stranger has no account', async () => {
    expect(await provider.getQuota(createQuery(`did:abt:${did}`))).toMatchObject({ status: 'ok' });
    expect(await provider.getQuota(createQuery(demoDid('stranger')))).toMatchObject({
      status: 'noAccount',
    });
  });

  test('gives up after its own retries', async () => {
    kit.failures.mode = 'failing';
    await expect(provider.getQuota(createQuery())).rejects.toMatchObject({ concerns: 'provider' });
    kit.failures.mode = 'ok';
  });
});
