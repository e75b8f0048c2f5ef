import type { Knex } from 'knex';
import {
  openLedgerFile,
  type CustomerRow,
  type EventRow,
  type GrantRow,
  type RechargeRow,
  type TransactionRow,
} from './ledger-file.js';
import { toBase } from './units.js';

/** A grant to be made; the amount is human. */
export interface NewGrant {
  id: string;
  amount: string;
  name: string;
  category: string;
  effectiveAtMs: number;
  expiresAtMs: number | null;
}

/** Which rows of a list. */
export interface BookPage {
  customerId: string;
  fromSeconds: number | null;
  toSeconds: number | null;
  offset: number;
  limit: number;
}

/** Credits of the customers, in a SQLite file: what is granted, reported, taken and owed. */
export class CreditBook {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Opens or makes the file. */
  static async open(filename: string): Promise<CreditBook> {
    return new CreditBook(await openLedgerFile(filename));
  }

  close(): Promise<void> {
    return this.#knex.destroy();
  }

  /** By id or DID. */
  async findCustomer(idOrDid: string): Promise<CustomerRow | null> {
    const did = idOrDid.replace(/^did:abt:/, '');
    const row: CustomerRow | undefined = await this.#knex<CustomerRow>('customers')
      .where({ id: idOrDid })
      .orWhere({ did })
      .first();
    return row ?? null;
  }

  async createCustomer(did: string): Promise<CustomerRow> {
    const known = await this.findCustomer(did);
    if (known) return known;
    const row = { id: `cus_${did.slice(-14)}`, did };
    await this.#knex('customers').insert(row);
    return row;
  }

  /** Grants credits, which first pay what is owed. The same id twice is one grant. */
  async grant(customerId: string, grant: NewGrant): Promise<void> {
    await this.#knex.transaction(async (trx) => {
      const isKnown: unknown = await trx('grants').where({ id: grant.id }).first();
      if (isKnown !== undefined) return;
      const amount = String(toBase(grant.amount));
      const row: GrantRow = {
        id: grant.id,
        customer_id: customerId,
        name: grant.name,
        category: grant.category,
        amount,
        remaining_amount: amount,
        effective_at_ms: grant.effectiveAtMs,
        expires_at_ms: grant.expiresAtMs,
      };
      await trx('grants').insert(row);
      const owed: EventRow[] = await trx<EventRow>('events')
        .where({ customer_id: customerId })
        .whereNot({ credit_pending: '0' })
        .orderBy('created_at_ms');
      for (const event of owed) await take(trx, event, grant.effectiveAtMs);
    });
  }

  /** Takes use from the grants; what they do not cover is pending. The same identifier twice is one event. */
  async report(customerId: string, identifier: string, value: string, atMs: number): Promise<void> {
    await this.#knex.transaction(async (trx) => {
      const isKnown: unknown = await trx('events').where({ identifier }).first();
      if (isKnown !== undefined) return;
      const event: EventRow = {
        id: `mev_${await nextNumber(trx, 'events')}`,
        customer_id: customerId,
        identifier,
        value,
        credit_consumed: '0',
        credit_pending: String(toBase(value)),
        created_at_ms: atMs,
      };
      await trx('events').insert(event);
      await take(trx, event, atMs);
    });
  }

  /** All grants of a customer, newest first. */
  grants(customerId: string): Promise<GrantRow[]> {
    return this.#knex<GrantRow>('grants')
      .where({ customer_id: customerId })
      .orderBy([
        { column: 'effective_at_ms', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .then((rows) => rows);
  }

  /** All that was reported. */
  events(customerId: string): Promise<EventRow[]> {
    return this.#knex<EventRow>('events')
      .where({ customer_id: customerId })
      .then((rows) => rows);
  }

  /** A page of transactions, newest first, and how many there are; both ends of the time are included. */
  async transactions(page: BookPage): Promise<{ count: number; rows: TransactionRow[] }> {
    const { customerId, fromSeconds, toSeconds, offset, limit } = page;
    const matching = (): Knex.QueryBuilder => {
      const query = this.#knex('transactions').where({ customer_id: customerId });
      if (fromSeconds !== null) query.where('created_at_ms', '>=', fromSeconds * 1000);
      if (toSeconds !== null) query.where('created_at_ms', '<=', toSeconds * 1000);
      return query;
    };
    const [counted] = await matching().count<{ count: number }[]>({ count: '*' });
    const rows = (await matching()
      .orderBy([
        { column: 'created_at_ms', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .offset(offset)
      .limit(limit)) as TransactionRow[];
    return { count: counted?.count ?? 0, rows };
  }

  /** The auto-recharge of a customer, or by its id. */
  async recharge(where: { id: string } | { customer_id: string }): Promise<RechargeRow | null> {
    const row: RechargeRow | undefined = await this.#knex<RechargeRow>('recharges')
      .where(where)
      .first();
    return row ?? null;
  }

  /** Makes or changes a customer's auto-recharge. */
  async saveRecharge(row: RechargeRow): Promise<void> {
    await this.#knex('recharges').insert(row).onConflict('customer_id').merge();
  }
}

/** Takes what an event owes from the grants in effect: those that end first come first. */
async function take(trx: Knex.Transaction, event: EventRow, atMs: number): Promise<void> {
  const grants: GrantRow[] = await trx<GrantRow>('grants')
    .where({ customer_id: event.customer_id })
    .whereNot({ remaining_amount: '0' })
    .where('effective_at_ms', '<=', atMs)
    .where((query) => query.whereNull('expires_at_ms').orWhere('expires_at_ms', '>', atMs))
    .orderByRaw('expires_at_ms is null, expires_at_ms, effective_at_ms');
  let owed = BigInt(event.credit_pending);
  let consumed = BigInt(event.credit_consumed);
  for (const grant of grants) {
    const left = BigInt(grant.remaining_amount);
    const taken = left < owed ? left : owed;
    if (taken === 0n) break;
    owed -= taken;
    consumed += taken;
    const remaining = String(left - taken);
    await trx('grants').where({ id: grant.id }).update({ remaining_amount: remaining });
    const row: TransactionRow = {
      id: `ct_${await nextNumber(trx, 'transactions')}`,
      customer_id: event.customer_id,
      credit_grant_id: grant.id,
      event_id: event.id,
      credit_amount: String(taken),
      remaining_balance: remaining,
      created_at_ms: atMs,
    };
    await trx('transactions').insert(row);
  }
  await trx('events')
    .where({ id: event.id })
    .update({ credit_pending: String(owed), credit_consumed: String(consumed) });
}

async function nextNumber(trx: Knex.Transaction, table: string): Promise<string> {
  const [counted] = await trx<{ count: number }>(table).count({ count: '*' });
  return String(Number(counted?.count ?? 0) + 1).padStart(8, '0');
}
