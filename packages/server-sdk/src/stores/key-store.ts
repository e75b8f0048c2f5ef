import { KEY_KINDS, TABLES, type KeyKind } from '../db/tables.js';
import { chunksOf, type Transaction } from './transaction.js';

const NAMES_PER_STATEMENT = 500;

/**
 * The small integers that stand for users, projects or models in the pre-aggregates; new names get one.
 *
 * @returns an id for every name
 */
export async function ensureKeys(
  transaction: Transaction,
  kind: KeyKind,
  names: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const ids = await findKeys(transaction, kind, names);
  const missing = [...names].filter((name) => !ids.has(name));
  if (missing.length === 0) return ids;
  for (const batch of chunksOf(NAMES_PER_STATEMENT, missing)) {
    await transaction
      .trx(TABLES.keys)
      .insert(batch.map((name) => ({ kind: KEY_KINDS[kind], name })))
      .onConflict(['kind', 'name'])
      .ignore();
  }
  return findKeys(transaction, kind, names);
}

async function findKeys(
  { trx }: Transaction,
  kind: KeyKind,
  names: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const batch of chunksOf(NAMES_PER_STATEMENT, [...names])) {
    const rows = await trx<{ id: number; kind: number; name: string }>(TABLES.keys)
      .select('id', 'name')
      .where('kind', KEY_KINDS[kind])
      .whereIn('name', batch);
    for (const row of rows) ids.set(row.name, row.id);
  }
  return ids;
}
