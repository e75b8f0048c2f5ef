import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LedgerRequest, PaymentKitClient, QuotaRequest } from '../../src/index.js';

/** A user as `authenticate` names one, and who payment-kit knows as that. */
export const ALICE = 'zNKjA1vJ8sVzYw4mKdQh2nXbT3rLcEu5fGp';
export const BOB = 'zNKbB2vJ8sVzYw4mKdQh2nXbT3rLcEu5fGp';
export const NOW_MS = Date.UTC(2026, 10, 22, 10, 20, 30);
const DAY_MS = 86_400_000;

/** ISO text of a day before now. */
export const isoAgo = (days: number): string => new Date(NOW_MS - days * DAY_MS).toISOString();
/** Unix seconds of a day before now. */
export const secondsAgo = (days: number): number => Math.floor((NOW_MS - days * DAY_MS) / 1000);

export type Wire = Record<string, unknown>;

/** What payment-kit has, by the path of each object below `/api/`. `undefined` is 404; a function may throw. */
export type Answers = Record<string, unknown>;

/** Amounts in the currency `pc_1`, and all other fields of payment-kit, which must not be returned. */
export function answersOf(options: {
  decimal?: unknown;
  total?: unknown;
  remaining?: unknown;
  pending?: unknown;
}): Answers {
  const { decimal = 10, total = '0', remaining = '0' } = options;
  const currency = { id: 'pc_1', name: 'Hub Credits', symbol: 'HUB', decimal, type: 'credit' };
  return {
    'meters/agent-hub-ai-meter': {
      id: 'mtr_1',
      event_name: 'agent-hub-ai-meter',
      currency_id: 'pc_1',
      unit: 'HUB',
      paymentCurrency: currency,
    },
    [`customers/${ALICE}`]: {
      id: 'cus_1',
      did: ALICE,
      name: 'Alice Example',
      email: 'alice@example.com',
      phone: '+1 555 0100',
      address: { line1: '1 Private Road' },
    },
    'credit-grants/summary': {
      pc_1: {
        paymentCurrency: currency,
        totalAmount: total,
        remainingAmount: remaining,
        grantCount: 1,
      },
      pc_other: { totalAmount: '777', remainingAmount: '777', grantCount: 1 },
    },
    'meter-events/pending-amount': 'pending' in options ? { pc_1: options.pending } : {},
    'credit-grants': { count: 0, list: [] },
    'credit-transactions': { count: 0, list: [] },
  };
}

/** Everything that was asked for. */
export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
}

/** The client of `@blocklet/payment-js` as far as it is used: answers as they are, and writes into its parameters. */
export function clientOf(answers: Answers, asked: string[] = []): PaymentKitClient {
  const at = (path: string): Promise<unknown> => {
    asked.push(path);
    const answer = answers[decodeURIComponent(path)];
    if (answer === undefined) {
      return Promise.reject(Object.assign(new Error('Not found'), { response: { status: 404 } }));
    }
    return Promise.resolve(typeof answer === 'function' ? (answer as () => unknown)() : answer);
  };
  const list = (path: string) => (params: object) => {
    if ('livemode' in params) throw new Error('These parameters were used before');
    Object.assign(params, { livemode: true });
    return at(path);
  };
  return {
    meters: { retrieve: (id) => at(`meters/${id}`) },
    customers: { retrieve: (id) => at(`customers/${id}`) },
    creditGrants: { summary: list('credit-grants/summary'), list: list('credit-grants') },
    creditTransactions: {
      list: list('credit-transactions'),
      summary: list('credit-transactions/summary'),
    },
    meterEvents: { pendingAmount: list('meter-events/pending-amount') },
    paymentCurrencies: {
      retrieve: (id) => at(`payment-currencies/${id}`),
      getRechargeConfig: (id) => at(`payment-currencies/${id}/recharge-config`),
    },
    autoRechargeConfigs: { retrieve: (id) => at(`auto-recharge-configs/retrieve/${id}`) },
  };
}

/** The same over HTTP. An answer that is a function gets the query; one that is a number is a status. */
export async function serveWire(
  answers: Answers,
): Promise<{ baseUrl: string; asked: Asked[]; close(): Promise<void> }> {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const query = Object.fromEntries(url.searchParams);
    const { method = '', headers } = request;
    asked.push({ method, path: url.pathname, query, headers });
    const found = answers[decodeURIComponent(url.pathname.replace('/payment/api/', ''))];
    const answer: unknown =
      typeof found === 'function' ? (found as (query: object) => unknown)(query) : found;
    if (answer === undefined || typeof answer === 'number') {
      response.statusCode = answer ?? 404;
      response.end('{"error":"no"}');
    } else response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/payment/`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** A question about Alice. */
export function requestOf(userDid = ALICE): QuotaRequest {
  const use = {
    firstCallAtMs: () => Promise.resolve(null),
    creditsE10Of: () => Promise.resolve([]),
  };
  return { userDid, nowMs: NOW_MS, use, signal: AbortSignal.timeout(20_000), deadlineMs: 20_000 };
}

/** A question for a page of Alice's ledger. */
export function ledgerRequestOf(query: Partial<LedgerRequest> = {}): LedgerRequest {
  return { ...requestOf(), kind: null, fromMs: null, toMs: null, page: 1, pageSize: 20, ...query };
}
