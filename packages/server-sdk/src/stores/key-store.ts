import { KEY_KINDS, TABLES, type KeyKind } from '../db/tables.js';
import type { KeyCache } from './key-cache.js';
import { chunksOf, type Transaction } from './transaction.js';

export type { KeyKind };

const NAMES_PER_STATEMENT = 500;

/** Names of users, projects and models. */
export type NamesByKind = ReadonlyMap<KeyKind, ReadonlySet<string>>;

/** A transaction that knows the numbers found before, by work of many transactions. */
export interface KeyTransaction extends Transaction {
  keys: KeyCache;
}

/** The small integers that stand for users, projects or models in the pre-aggregates; new names get one. */
export async function ensureKeys(transaction: KeyTransaction, names: NamesByKind): Promise<void> {
  await giveKeys(transaction, await findMissingKeys(transaction, names));
}

/** Looks for the numbers of names. @returns the names that have none */
export async function findMissingKeys(
  transaction: KeyTransaction,
  names: NamesByKind,
): Promise<NamesByKind> {
  const missing = new Map<KeyKind, ReadonlySet<string>>();
  for (const [kind, ofKind] of names) {
    const ids = transaction.keys.of(kind);
    await findKeys(transaction, kind, ofKind, ids);
    const without = [...ofKind].filter((name) => !ids.has(name));
    if (without.length > 0) missing.set(kind, new Set(without));
  }
  return missing;
}

/** Gives names their numbers; another instance may have given them meanwhile. */
export async function giveKeys(transaction: KeyTransaction, names: NamesByKind): Promise<void> {
  for (const [kind, ofKind] of names) {
    for (const batch of chunksOf(NAMES_PER_STATEMENT, [...ofKind])) {
      await transaction
        .trx(TABLES.keys)
        .insert(batch.map((name) => ({ kind: KEY_KINDS[kind], name })))
        .onConflict(['kind', 'name'])
        .ignore();
    }
    await findKeys(transaction, kind, ofKind, transaction.keys.of(kind));
  }
}

/** The number of a user; `null` for one that was never rolled up. */
export async function findUserId(
  transaction: Transaction,
  userDid: string,
): Promise<number | null> {
  const ids = new Map<string, number>();
  await findKeys(transaction, 'user', new Set([userDid]), ids);
  return ids.get(userDid) ?? null;
}

/** Adds the numbers of names that have one to `ids`. */
async function findKeys(
  { trx }: Transaction,
  kind: KeyKind,
  names: ReadonlySet<string>,
  ids: Map<string, number>,
): Promise<void> {
  const unknown = [...names].filter((name) => !ids.has(name));
  for (const batch of chunksOf(NAMES_PER_STATEMENT, unknown)) {
    const rows = await trx<{ id: number; kind: number; name: string }>(TABLES.keys)
      .select('id', 'name')
      .where('kind', KEY_KINDS[kind])
      .whereIn('name', batch);
    for (const row of rows) ids.set(row.name, row.id);
  }
}
