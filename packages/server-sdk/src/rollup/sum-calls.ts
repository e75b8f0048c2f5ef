import { UserBucket } from '../domain/user-bucket.js';
import type { CallRow } from '../stores/call-rows.js';
import type { KeyCache } from '../stores/key-cache.js';
import type { KeyKind } from '../stores/key-store.js';

/** Gives names their numbers, new ones too. */
export type EnsureKeys = (
  kind: KeyKind,
  names: ReadonlySet<string>,
) => Promise<ReadonlyMap<string, number>>;

/** Sums calls of one bucket by user, under the numbers of their names. */
export async function sumCallsByUser(
  calls: readonly CallRow[],
  keys: KeyCache,
  ensure: EnsureKeys,
): Promise<Map<number, UserBucket>> {
  const nameIn: [KeyKind, (call: CallRow) => string][] = [
    ['user', ({ userDid }) => userDid],
    ['project', ({ appDid }) => appDid],
    ['model', ({ modelKey }) => modelKey],
  ];
  for (const [kind, nameOf] of nameIn) {
    const known = keys.of(kind);
    const unknown = new Set<string>();
    for (const call of calls) {
      const name = nameOf(call);
      if (!known.has(name)) unknown.add(name);
    }
    if (unknown.size > 0) await ensure(kind, unknown);
  }
  const [users, projects, models] = [keys.of('user'), keys.of('project'), keys.of('model')];
  const buckets = new Map<number, UserBucket>();
  for (const call of calls) {
    const userId = idOf(users, call.userDid);
    const bucket = buckets.get(userId) ?? new UserBucket();
    buckets.set(userId, bucket);
    bucket.addCall(idOf(projects, call.appDid), idOf(models, call.modelKey), call);
  }
  return buckets;
}

function idOf(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`No number was given to ${JSON.stringify(name)}`);
  return id;
}
