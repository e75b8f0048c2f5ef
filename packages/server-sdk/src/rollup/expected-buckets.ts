import type { Database } from '../db/database.js';
import type { Grain } from '../domain/range-cover.js';
import { HOUR_MS, type TimeRange } from '../domain/time.js';
import { UserBucket, type BucketRows } from '../domain/user-bucket.js';
import { decodeCalls, selectCallsOfAll, type CallRow } from '../stores/call-rows.js';
import { KeyCache } from '../stores/key-cache.js';
import { findMissingKeys, readKeyNames, type NamesByKind } from '../stores/key-store.js';
import { toRows } from './build-coarse.js';
import { inSnapshot } from './read-calls.js';
import { sumCallsByUser } from './sum-calls.js';
import { Turns } from '../ports/turns.js';

/** Above any number in the database. */
const FIRST_UNKNOWN_ID = 2 ** 31;

/** Buckets of users by their numbers. */
type UserBuckets = Map<number, UserBucket>;

/** What the buckets of one day after another should hold, from the calls alone. */
export class ExpectedBuckets {
  readonly #keys = new KeyCache();
  readonly #turns: Turns;
  /** Names that no pre-aggregate has a number for get one here, which is kept: a month's sums are under it. */
  readonly #given = new KeyCache(Number.POSITIVE_INFINITY);
  readonly #unknown = new Map<number, string>();
  #month: UserBuckets = new Map();

  constructor(
    readonly database: Database,
    readonly userDid: string | null,
  ) {
    this.#turns = new Turns(database.foreground);
  }

  /** Sums the calls of each hour of a range by user; the month keeps its sums too. */
  async readHours(range: TimeRange): Promise<Map<number, UserBuckets>> {
    const users = this.userDid === null ? null : [this.userDid];
    const hours = new Map<number, UserBuckets>();
    for (let hourMs = range.fromMs; hourMs < range.toMs; hourMs += HOUR_MS) {
      const hour = { fromMs: hourMs, toMs: hourMs + HOUR_MS };
      const calls: CallRow[] = [];
      const text = await inSnapshot(this.database, (t) => selectCallsOfAll(t, hour, users));
      decodeCalls(text, (call) => {
        calls.push(call);
      });
      if (calls.length === 0) continue;
      hours.set(
        hourMs,
        await sumCallsByUser(calls, {
          keys: this.#keys,
          ensure: this.#ensure,
          turns: this.#turns,
        }),
      );
    }
    addTo(this.#month, hours.values());
    return hours;
  }

  /** The sums of some buckets by user. */
  sumOf(buckets: Iterable<ReadonlyMap<number, UserBucket>>): UserBuckets {
    const sums: UserBuckets = new Map();
    addTo(sums, buckets);
    return sums;
  }

  /** The sums since the last time. */
  takeMonth(): UserBuckets {
    const month = this.#month;
    this.#month = new Map();
    return month;
  }

  /** The rows that buckets should have, by `<user number> <start of the bucket>`. */
  async rowsOf(
    grain: Grain,
    buckets: ReadonlyMap<number, ReadonlyMap<number, UserBucket>>,
  ): Promise<Map<string, BucketRows>> {
    const rows = new Map<string, BucketRows>();
    for (const [bucketMs, users] of buckets) {
      for (const [userId, found] of await toRows(grain, bucketMs, users, this.#turns)) {
        rows.set(`${userId} ${bucketMs}`, found);
      }
    }
    return rows;
  }

  async userId(userDid: string): Promise<number> {
    await this.#ensure(new Map([['user', new Set([userDid])]]));
    return this.#keys.of('user').get(userDid) ?? 0;
  }

  /** The names of some numbers. */
  async nameOf(ids: readonly (number | null)[]): Promise<(id: number) => string> {
    const stored = ids.filter((id): id is number => id !== null && id < FIRST_UNKNOWN_ID);
    const nameOf = await inSnapshot(this.database, (t) => readKeyNames(t, stored));
    return (id) => this.#unknown.get(id) ?? nameOf(id);
  }

  readonly #ensure = async (names: NamesByKind): Promise<void> => {
    const missing = await inSnapshot(this.database, (t) =>
      findMissingKeys({ ...t, keys: this.#keys }, names),
    );
    for (const [kind, ofKind] of missing) {
      const given = this.#given.of(kind);
      for (const name of ofKind) {
        const id = given.get(name) ?? FIRST_UNKNOWN_ID + this.#unknown.size;
        given.set(name, id);
        this.#unknown.set(id, name);
        this.#keys.of(kind).set(name, id);
      }
    }
  };
}

function addTo(sums: UserBuckets, buckets: Iterable<ReadonlyMap<number, UserBucket>>): void {
  for (const users of buckets) {
    for (const [userId, bucket] of users) {
      const sum = sums.get(userId) ?? new UserBucket();
      sums.set(userId, sum);
      sum.add(bucket);
    }
  }
}
