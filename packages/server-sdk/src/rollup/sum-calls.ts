import { UserBucket } from '../domain/user-bucket.js';
import type { CallRow } from '../stores/call-rows.js';
import type { KeyCache } from '../stores/key-cache.js';
import type { KeyKind, NamesByKind } from '../stores/key-store.js';
import { chunksOf } from '../stores/transaction.js';
import type { Turns } from '../ports/turns.js';

/** Gives names their numbers, new ones too. */
export type EnsureKeys = (names: NamesByKind) => Promise<void>;

/** Where sums find the numbers of names, and how they keep from holding everything up. */
export interface SumTools {
  keys: KeyCache;
  ensure: EnsureKeys;
  turns: Turns;
}

const CALLS_PER_TURN = 100;

const NAMES: readonly [KeyKind, (call: CallRow) => string][] = [
  ['user', ({ userDid }) => userDid],
  ['project', ({ appDid }) => appDid],
  ['model', ({ modelKey }) => modelKey],
];

/** Sees to it that the names of calls have numbers. */
export async function ensureKeysOf(
  calls: readonly CallRow[],
  { keys, ensure }: Omit<SumTools, 'turns'>,
): Promise<void> {
  keys.trim();
  const unknown = new Map<KeyKind, Set<string>>();
  for (const [kind, nameOf] of NAMES) {
    const known = keys.of(kind);
    const names = new Set<string>();
    for (const call of calls) {
      const name = nameOf(call);
      if (!known.has(name)) names.add(name);
    }
    if (names.size > 0) unknown.set(kind, names);
  }
  if (unknown.size > 0) await ensure(unknown);
}

/** Sums calls of one bucket by user, under the numbers of their names. */
export async function sumCallsByUser(
  calls: readonly CallRow[],
  tools: SumTools,
): Promise<Map<number, UserBucket>> {
  await ensureKeysOf(calls, tools);
  const buckets = new Map<number, UserBucket>();
  await addCallsByUser(buckets, calls, tools);
  return buckets;
}

/** Adds calls of one bucket, whose names have numbers, to its sums by user. */
export async function addCallsByUser(
  buckets: Map<number, UserBucket>,
  calls: readonly CallRow[],
  { keys, turns }: Omit<SumTools, 'ensure'>,
): Promise<void> {
  const [users, projects, models] = [keys.of('user'), keys.of('project'), keys.of('model')];
  for (const some of chunksOf(CALLS_PER_TURN, calls)) {
    for (const call of some) {
      const userId = idOf(users, call.userDid);
      const bucket = buckets.get(userId) ?? new UserBucket();
      buckets.set(userId, bucket);
      bucket.addCall(idOf(projects, call.appDid), idOf(models, call.modelKey), call);
    }
    await turns.share();
  }
}

function idOf(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`No number was given to ${JSON.stringify(name)}`);
  return id;
}
