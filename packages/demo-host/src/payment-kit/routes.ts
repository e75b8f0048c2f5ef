import Router from '@koa/router';
import type { Context } from 'koa';
import type { DemoClock } from '../server/demo-clock.js';
import type { CreditBook } from './credit-book.js';
import type { CustomerRow } from './ledger-file.js';
import { readJsonBody } from './read-json-body.js';
import {
  CURRENCY,
  customerToWire,
  grantToWire,
  METER,
  pendingToWire,
  rechargeToWire,
  summaryToWire,
  transactionSumToWire,
  transactionToWire,
} from './wire.js';

type Handler = (ctx: Context) => unknown;

/** The part of payment-kit's REST interface that a usage page and a meter need. */
export function createPaymentKitRoutes(book: CreditBook, clock: DemoClock): Router {
  const router = new Router({ prefix: '/api' });
  const get = (path: string, handler: Handler): void => {
    router.get(path, async (ctx) => {
      ctx.body = JSON.stringify((await handler(ctx)) ?? null);
      ctx.type = 'json';
    });
  };
  const findCustomer = (ctx: Context): Promise<CustomerRow> =>
    found(ctx, book.findCustomer(String(ctx.query['customer_id'])));
  const nowMs = (): number => clock.now();

  get('/meters/:id', (ctx) =>
    found(ctx, isMember(ctx, [METER.id, METER.event_name]) ? METER : null),
  );
  get('/payment-currencies', () => [CURRENCY]);
  get('/payment-currencies/:id', (ctx) =>
    found(ctx, isMember(ctx, [CURRENCY.id]) ? CURRENCY : null),
  );
  get('/payment-currencies/:id/recharge-config', (ctx) =>
    found(ctx, isMember(ctx, [CURRENCY.id]) ? CURRENCY : null),
  );
  get('/customers/:id', async (ctx) => {
    const id = readId(ctx);
    // Created on request alone: by query over HTTP, by a body (of a GET) from the SDK.
    const isCreating =
      ctx.query['create'] === 'true' || (await readJsonBody(ctx))['create'] === true;
    const customer = isCreating ? await book.createCustomer(id) : await book.findCustomer(id);
    return customerToWire(await found(ctx, customer));
  });
  get('/credit-grants/summary', async (ctx) =>
    summaryToWire(book, await findCustomer(ctx), nowMs()),
  );
  get('/credit-grants', async (ctx) => {
    const customer = await findCustomer(ctx);
    const wanted = String(ctx.query['status'] ?? 'granted,pending,depleted,expired').split(',');
    const all = (await book.grants(customer.id))
      .map((grant) => grantToWire(grant, customer, nowMs()))
      .filter((grant) => wanted.includes(String(grant['status'])));
    const { offset, limit } = readPage(ctx);
    return { count: all.length, list: all.slice(offset, offset + limit) };
  });
  get('/credit-transactions/summary', async (ctx) =>
    transactionSumToWire(book, await findCustomer(ctx)),
  );
  get('/credit-transactions', async (ctx) => {
    const customer = await findCustomer(ctx);
    const { count, rows } = await book.transactions({
      customerId: customer.id,
      fromSeconds: readNumber(ctx, 'start'),
      toSeconds: readNumber(ctx, 'end'),
      ...readPage(ctx),
    });
    return { count, list: rows.map((row) => transactionToWire(row, customer)) };
  });
  get('/meter-events/pending-amount', async (ctx) => pendingToWire(book, await findCustomer(ctx)));
  addRecharges(get, book);
  addWrites(router, book, clock);
  return router;
}

function addRecharges(get: (path: string, handler: Handler) => void, book: CreditBook): void {
  // Reading by customer creates a configuration, as payment-kit's comment says.
  get('/auto-recharge-configs/customer/:id', async (ctx) => {
    const customer = await found(ctx, book.findCustomer(readId(ctx)));
    const known = await book.recharge({ customer_id: customer.id });
    if (known) return rechargeToWire(known);
    const row = {
      id: `arc_${customer.id.slice(4)}`,
      customer_id: customer.id,
      enabled: 0,
      threshold: '100',
      quantity: 1,
    };
    await book.saveRecharge(row);
    return rechargeToWire(row);
  });
  get('/auto-recharge-configs/retrieve/:id', async (ctx) =>
    rechargeToWire(await found(ctx, book.recharge({ id: readId(ctx) }))),
  );
}

function addWrites(router: Router, book: CreditBook, clock: DemoClock): void {
  router.post('/meter-events', async (ctx) => {
    const { identifier, payload, timestamp } = await readJsonBody(ctx);
    const { customer_id: customerId, value } = payload as Record<string, string>;
    const customer = await found(ctx, book.findCustomer(String(customerId)));
    const atMs = typeof timestamp === 'number' ? timestamp * 1000 : clock.now();
    await book.report(customer.id, String(identifier), String(value), atMs);
    ctx.body = { identifier, livemode: true };
  });
  router.post('/credit-grants', async (ctx) => {
    const body = await readJsonBody(ctx);
    const customer = await found(ctx, book.findCustomer(String(body['customer_id'])));
    const nowMs = clock.now();
    const id = `cg_${nowMs.toString(36)}${(await book.grants(customer.id)).length}`;
    await book.grant(customer.id, {
      id,
      amount: String(body['amount']),
      name: readText(body['name']) ?? 'Credits',
      category: readText(body['category']) ?? 'paid',
      effectiveAtMs: nowMs,
      expiresAtMs: typeof body['expires_at'] === 'number' ? body['expires_at'] * 1000 : null,
    });
    ctx.body = { id };
  });
}

/** The object, or 404. */
async function found<T>(ctx: Context, object: T | null | Promise<T | null>): Promise<T> {
  const value = await object;
  if (value === null) return ctx.throw(404, 'Not found');
  return value;
}

function readId(ctx: Context): string {
  return String((ctx['params'] as Record<string, unknown>)['id']);
}

function isMember(ctx: Context, ids: readonly string[]): boolean {
  return ids.includes(readId(ctx));
}

function readText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function readNumber(ctx: Context, name: string): number | null {
  const text = ctx.query[name];
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function readPage(ctx: Context): { offset: number; limit: number } {
  const limit = Math.min(Math.max(readNumber(ctx, 'pageSize') ?? 20, 1), 100);
  const page = Math.max(readNumber(ctx, 'page') ?? 1, 1);
  return { offset: (page - 1) * limit, limit };
}
