import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/db/database.js';
import { migrate } from '../../src/db/migrate.js';
import { overrideQuery } from '../../src/db/override-query.js';
import { checkCalls } from '../../src/recording/record-calls.js';
import { storeCalls } from '../helpers/store-calls.js';
import { takeServers } from '../helpers/take-servers.js';
import { type TestDatabase } from '../helpers/test-databases.js';
import { readCount } from '../helpers/test-size.js';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 10, 20);
const HOURS = 12;
const USERS = ['alice', 'bob', 'carol', "d'arcy"];
const IDS = 12;
/** Rounds of each run, and how many runs there are; more in a long run. */
const ROUNDS = 14;
const SEEDS = readCount('PROGRESS_SEEDS', { few: 1, more: 2 });
const servers = await takeServers();

type Row = Record<string, number | string | null>;

let created: TestDatabase;
let recorders: [Database, Database];
let other: Knex;

describe.each(servers)('progress of users, on $name', (server) => {
  beforeEach(async () => {
    created = await server.create();
    recorders = [openDatabase(created.config), openDatabase(created.config)];
    await migrate(recorders[0].writer);
    // As SQLite's own pool: a writer waits for another process.
    other = knex({ ...created.config, useNullAsDefault: true });
    if (server.name === 'SQLite') await other.raw('pragma busy_timeout = 10000');
  });
  afterEach(async () => {
    await Promise.all([...recorders.map((database) => database.close()), other.destroy()]);
    await created.drop();
  });

  test.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
    'is right for all writers, however concurrent (seed %i)',
    async (seed) => {
      const random = createRandom(seed);
      const seen = new Versions();
      for (let round = 0; round < ROUNDS; round += 1) {
        const before = await readState();
        const work = [
          ...recorders.map((database) => record(database, random)),
          ...Array.from({ length: 2 }, () => writePlainly(random)),
          ...(round % 3 === 2 ? [claim(random)] : []),
        ];
        const touched = (await Promise.all(work)).flat();
        const after = await readState();
        requireDue(after);
        requireMarks(before, after);
        seen.check(after, touched);
      }
    },
    60_000,
  );

  test('two concurrent transactions of one user run one after the other', async () => {
    const batch = (name: string): Promise<unknown>[] =>
      recorders.map((database, index) =>
        storeCalls(database, callsOf('alice', [`${name}-${index}`, `${name}-both`], START_MS)),
      );
    for (let round = 0; round < 5; round += 1) {
      const counts = await Promise.all(batch(`round-${round}`));
      // Exactly one has stored the call of both.
      expect(counts.map((count) => (count as { inserted: number }).inserted).sort()).toEqual([
        1, 2,
      ]);
    }
    const { users, calls } = await readState();
    expect(calls).toHaveLength(15);
    const [alice] = users;
    expect(Number(alice?.['due_at_ms'])).toBe(START_MS + HOUR_MS);
  });

  test('the version grows by one with every transaction of the recorder, and that of no other user does', async () => {
    const [database] = recorders;
    await storeCalls(database, [
      ...callsOf('alice', ['a'], START_MS),
      ...callsOf('bob', ['b'], START_MS),
    ]);
    const versionOf = async (userDid: string): Promise<number> =>
      Number((await other('model_call_users').where('user_did', userDid).first())?.version);
    const [alice, bob] = [await versionOf('alice'), await versionOf('bob')];
    // It begins at the time, microseconds.
    expect(Math.abs(alice / 1000 - Date.now())).toBeLessThan(60_000);
    const ids = Array.from({ length: 50 }, (_, index) => `more-${index}`);
    await storeCalls(database, callsOf('alice', ids, START_MS));
    await storeCalls(database, callsOf('alice', ids, START_MS));
    expect([await versionOf('alice'), await versionOf('bob')]).toEqual([alice + 2, bob]);
    const slots = await other('model_call_users').pluck<number[]>('slot');
    for (const slot of slots) expect(slot >= 0 && slot < 64).toBe(true);
  });

  test('plain writers that lock rows in another order cost no call of the recorder', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `id-${String(index).padStart(2, '0')}`);
    const [database, second] = recorders;
    for (const user of USERS) await storeCalls(database, callsOf(user, ids, START_MS));
    const plain = async (): Promise<void> => {
      for (let round = 0; round < 6; round += 1) {
        await settle(async () => {
          await other.transaction(async (trx) => {
            // Against the order of the recorder: calls before users, and both backwards.
            for (const user of [...USERS].reverse()) {
              for (const id of ids.slice(0, 5).reverse()) {
                await trx('model_calls')
                  .where({ user_did: user, id })
                  .update({ credits_e8: round });
              }
            }
          });
        });
      }
    };
    const write = async (into: Database, name: string): Promise<void> => {
      for (let round = 0; round < 6; round += 1) {
        const calls = USERS.flatMap((user) =>
          callsOf(user, [...ids, `${name}-${round}`], START_MS + round),
        );
        await storeCalls(into, calls);
      }
    };
    await Promise.all([plain(), write(database, 'one'), write(second, 'two')]);
    const { calls } = await readState();
    expect(calls).toHaveLength(USERS.length * (ids.length + 12));
  }, 60_000);

  test('a commit that is refused as a deadlock, as Galera does, is tried again', async () => {
    const database = openDatabase(created.config);
    let refusals = 2;
    const code = {
      SQLite: { code: 'SQLITE_BUSY' },
      PostgreSQL: { code: '40001' },
      MariaDB: { code: 'ER_LOCK_DEADLOCK', errno: 1213 },
    }[server.name];
    const refusing = overrideQuery(
      database.writer,
      async (_client, _connection, statement, run) => {
        if (!/^commit/i.test(statement.sql ?? '') || refusals === 0) return run(statement);
        refusals -= 1;
        await run({ ...statement, sql: 'ROLLBACK' });
        throw Object.assign(new Error('refused at commit'), code);
      },
    );
    const counts = await storeCalls(
      { ...database, transaction: (write) => refusing.transaction(write) },
      callsOf('alice', ['a', 'b'], START_MS),
    );
    expect([counts, refusals]).toEqual([{ inserted: 2, updated: 0 }, 0]);
    const { users, calls } = await readState();
    expect([users.length, calls.length]).toEqual([1, 2]);
    await database.close();
  });

  /** A batch of some users by the recorder. @returns whom it was of */
  async function record(database: Database, random: () => number): Promise<string[]> {
    const users = USERS.filter(() => random() < 0.5);
    const input = users.flatMap((userDid) =>
      Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({
        userDid,
        id: `id-${Math.floor(random() * IDS)}`,
        model: 'm',
        status: random() < 0.4 ? ('processing' as const) : ('success' as const),
        startedAt: instantOf(random),
      })),
    );
    if (input.length === 0) return [];
    await storeCalls(
      database,
      checkCalls(input, { price: (call) => call, creditDecimals: 8 }).calls,
    );
    return users;
  }

  /** A statement, or some in one transaction, of a program that knows nothing of the SDK. @returns whom it was of */
  async function writePlainly(random: () => number): Promise<string[]> {
    const pick = (): string => USERS[Math.floor(random() * USERS.length)] ?? 'alice';
    const statements = Array.from({ length: 1 + Math.floor(random() * 2) }, () => ({
      kind: Math.floor(random() * 5),
      key: { user_did: pick(), id: `id-${Math.floor(random() * IDS)}` },
      to: pick(),
      atMs: instantOf(random),
    }));
    const users = new Set<string>();
    await settle(() =>
      other.transaction(async (trx) => {
        users.clear();
        for (const { kind, key, to, atMs } of statements) {
          const calls = trx<Row>('model_calls');
          const row = { ...key, model: 'm', status: 'success', started_at_ms: atMs };
          if (kind === 0) await calls.insert(row).onConflict(['user_did', 'id']).ignore();
          if (kind === 1) await calls.insert(row).onConflict(['user_did', 'id']).merge();
          if (kind === 2) await calls.where(key).update({ started_at_ms: atMs });
          if (kind === 3) await calls.where(key).delete();
          if (kind === 4) {
            const id = `moved-${Math.floor(random() * 1e9)}`;
            await calls.where(key).update({ user_did: to, id, started_at_ms: atMs });
            users.add(to);
          }
          users.add(key.user_did);
        }
      }),
    );
    return [...users];
  }

  /** What a rollup does first: it locks the user, claims hours, and computes when the user is due. @returns no users */
  async function claim(random: () => number): Promise<string[]> {
    const throughMs = START_MS + Math.floor(random() * HOURS) * HOUR_MS;
    for (const userDid of USERS) {
      await settle(() =>
        other.transaction(async (trx) => {
          const users = (): Knex.QueryBuilder => trx('model_call_users').where('user_did', userDid);
          await users().update({ rollup_revision: trx.raw('rollup_revision + 1') });
          const user = await users().first<Row | undefined>();
          if (user === undefined) return;
          if (Number(user['claimed_through_ms'] ?? 0) > throughMs) return;
          const first = await trx('model_calls')
            .where('user_did', userDid)
            .where('started_at_ms', '>=', throughMs)
            .min<Row[]>({ ms: 'started_at_ms' });
          const firstMs = first[0]?.['ms'] ?? null;
          await users().update({
            claimed_through_ms: throughMs,
            due_at_ms: firstMs === null ? null : hourOf(Number(firstMs)) + HOUR_MS,
          });
        }),
      );
    }
    return [];
  }
});

/** All there is. */
interface State {
  users: Row[];
  marks: Row[];
  calls: Row[];
}

async function readState(): Promise<State> {
  const [users, marks, calls] = await Promise.all(
    ['model_call_users', 'model_call_dirty_hours', 'model_calls'].map((table) =>
      other<Row>(table).select('*').orderBy('user_did'),
    ),
  );
  return { users: users as Row[], marks: marks as Row[], calls: calls as Row[] };
}

/** Every call that is not claimed is due, by the end of its hour. */
function requireDue({ users, calls }: State): void {
  const byName = new Map(users.map((user) => [user['user_did'], user]));
  for (const call of calls) {
    const user = byName.get(call['user_did'] ?? '');
    expect(user, 'every call has a user').toBeDefined();
    const endMs = hourOf(Number(call['started_at_ms'])) + HOUR_MS;
    if (endMs <= numberOf(user?.['claimed_through_ms'])) continue;
    const dueMs = user?.['due_at_ms'] ?? null;
    expect([call, dueMs !== null && Number(dueMs) <= endMs]).toEqual([call, true]);
  }
}

/** Every hour that was claimed before, and whose calls changed, is marked; again where it was marked already. */
function requireMarks(before: State, after: State): void {
  const [hoursBefore, hoursAfter] = [hoursOf(before), hoursOf(after)];
  const [marksBefore, marksAfter] = [revisionsOf(before), revisionsOf(after)];
  for (const user of before.users) {
    const claimedMs = numberOf(user['claimed_through_ms']);
    for (let hourMs = START_MS; hourMs < claimedMs; hourMs += HOUR_MS) {
      const key = `${user['user_did']} ${hourMs}`;
      if (hoursBefore.get(key) === hoursAfter.get(key)) continue;
      expect([key, marksAfter.get(key) ?? 0]).not.toEqual([key, marksBefore.get(key) ?? 0]);
    }
  }
}

const numberOf = (value: Row[string] | undefined): number => Number(value ?? 0);

/** What the calls of each hour of a user say. */
function hoursOf({ calls }: State): Map<string, string> {
  const hours = new Map<string, string[]>();
  for (const { recorded_at_ms: _stamp, ...call } of calls) {
    const key = `${call['user_did']} ${hourOf(Number(call['started_at_ms']))}`;
    hours.set(key, [...(hours.get(key) ?? []), JSON.stringify(call)]);
  }
  return new Map([...hours].map(([key, texts]) => [key, texts.sort().join()]));
}

function revisionsOf({ marks }: State): Map<string, number> {
  return new Map(
    marks.map((mark) => [
      `${mark['user_did']} ${Number(mark['hour_ms'])}`,
      Number(mark['revision']),
    ]),
  );
}

/** Versions grow with whatever changes a user's calls, and of no other user. */
class Versions {
  #last = new Map<string, number>();
  #calls = new Map<string, string>();

  check({ users, calls }: State, touched: readonly string[]): void {
    for (const user of users) {
      const userDid = String(user['user_did']);
      const version = Number(user['version']);
      const text = JSON.stringify(
        calls
          .filter((call) => call['user_did'] === userDid)
          .map((call) => JSON.stringify(call))
          .sort(),
      );
      const last = this.#last.get(userDid);
      if (last !== undefined) {
        if (!touched.includes(userDid)) expect([userDid, version]).toEqual([userDid, last]);
        if (text !== this.#calls.get(userDid)) expect(version).toBeGreaterThan(last);
        expect(version).toBeGreaterThanOrEqual(last);
      }
      this.#last.set(userDid, version);
      this.#calls.set(userDid, text);
    }
  }
}

const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;
const instantOf = (random: () => number): number =>
  START_MS + Math.floor(random() * HOURS) * HOUR_MS + Math.floor(random() * 3) * 1_200_000;

const callsOf = (userDid: string, ids: readonly string[], startedAt: number) =>
  checkCalls(
    ids.map((id) => ({ userDid, id, model: 'm', status: 'success' as const, startedAt })),
    { price: (call) => call, creditDecimals: 8 },
  ).calls;

/** A host's program does its transaction again when the database gave it up for another. */
async function settle(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      const isTransient = /40P01|40001|ER_LOCK|ER_CHECKREAD|SQLITE_BUSY/.test(code ?? '');
      if (!isTransient || attempt === 20) throw error;
    }
  }
}

/** The same numbers from the same seed. */
function createRandom(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
