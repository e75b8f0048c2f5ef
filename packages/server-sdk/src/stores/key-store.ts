import { KEY_KINDS, TABLES, type KeyKind } from '../db/tables.js';
import { chunksOf, type Transaction } from './transaction.js';

const NAMES_PER_STATEMENT = 500;

/**
 * The small integers that stand for users, projects or models in the pre-aggregates; new names get one.
 *
 * @returns an id for every name, and perhaps for others
 */
export async function ensureKeys(
  transaction: Transaction,
  kind: KeyKind,
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const ids = transaction.keys?.of(kind) ?? new Map<string, number>();
  await findKeys(transaction, kind, names, ids);
  const missing = [...names].filter((name) => !ids.has(name));
  if (missing.length === 0) return ids;
  for (const batch of chunksOf(NAMES_PER_STATEMENT, missing)) {
    await transaction
      .trx(TABLES.keys)
      .insert(batch.map((name) => ({ kind: KEY_KINDS[kind], name })))
      .onConflict(['kind', 'name'])
      .ignore();
  }
  await findKeys(transaction, kind, names, ids);
  return ids;
}

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
