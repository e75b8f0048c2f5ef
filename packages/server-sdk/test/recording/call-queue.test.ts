import { describe, expect, test } from 'vitest';
import type { StoredCall } from '../../src/values/stored-call.js';
import { CallQueue } from '../../src/recording/call-queue.js';
import type { WriteCounts } from '../../src/recording/call-write-store.js';

type Calls = readonly StoredCall[];

/** A database that commits when the test says so. */
class ManualStore {
  readonly batches: (readonly Calls[])[] = [];
  #commits: ((error?: Error) => void)[] = [];

  store = (jobs: readonly Calls[]): Promise<WriteCounts[]> => {
    this.batches.push(jobs);
    return new Promise((resolve, reject) => {
      this.#commits.push((error) => {
        if (error) reject(error);
        else resolve(jobs.map((calls) => ({ inserted: calls.length, updated: 0 })));
      });
    });
  };

  async commit(error?: Error): Promise<void> {
    this.#commits.shift()?.(error);
    await settle();
  }

  get sizes(): number[] {
    return this.batches.map((jobs) => jobs.reduce((sum, calls) => sum + calls.length, 0));
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const calls = (count: number): Calls => Array.from({ length: count }, () => ({}) as StoredCall);

function createQueue(maxQueuedCalls = 100, maxWaitingCalls = 100, maxTransactions = 1) {
  const store = new ManualStore();
  const queue = new CallQueue({
    store: store.store,
    maxQueuedCalls,
    maxWaitingCalls,
    maxTransactions,
    maxCallsPerTransaction: 1000,
  });
  const add = (count = 1): Promise<WriteCounts> => queue.add(() => calls(count));
  return { store, queue, add };
}

describe('the recorder queue', () => {
  test('calls that arrive while a transaction is in progress share the next', async () => {
    const { store, add } = createQueue();
    const first = add();
    await settle();
    const others = [add(2), add(3)];
    await settle();
    expect(store.sizes).toEqual([1]);
    await store.commit();
    expect(await first).toEqual({ inserted: 1, updated: 0 });
    expect(store.sizes).toEqual([1, 5]);
    await store.commit();
    expect((await Promise.all(others)).map(({ inserted }) => inserted)).toEqual([2, 3]);
  });

  test('callers of the same tick share the first one', async () => {
    const { store, add } = createQueue();
    void Promise.all([add(), add(), add()]);
    await settle();
    expect(store.sizes).toEqual([3]);
  });

  test('a transaction holds a thousand calls, but a caller is never split', async () => {
    const { store, add } = createQueue(10_000);
    void Promise.all([add(600), add(400), add(1), add(2500)]);
    for (let commit = 0; commit < 3; commit += 1) {
      await settle();
      await store.commit();
    }
    expect(store.sizes).toEqual([1000, 1, 2500]);
  });

  test('no caller gets a result before the commit', async () => {
    const { store, add } = createQueue();
    let answered = false;
    void add().then(() => (answered = true));
    await settle();
    expect([store.sizes, answered]).toEqual([[1], false]);
    await store.commit();
    expect(answered).toBe(true);
  });

  test('callers beyond the limit wait, and are queued as earlier calls are stored', async () => {
    const { store, add } = createQueue(3, 10);
    const done: number[] = [];
    const all = [2, 2, 1].map((count, index) => add(count).then(() => done.push(index)));
    await settle();
    // The third would fit, but does not overtake the second.
    expect(store.sizes).toEqual([2]);
    await store.commit();
    expect([store.sizes, done]).toEqual([[2, 3], [0]]);
    await store.commit();
    await Promise.all(all);
    expect(done).toEqual([0, 1, 2]);
  });

  test('a caller with more calls than the limit is accepted by an empty queue', async () => {
    const { store, add } = createQueue(3, 10);
    const big = add(50);
    await settle();
    await store.commit();
    expect(await big).toEqual({ inserted: 50, updated: 0 });
  });

  test('above the hard limit a caller is refused, and only that one', async () => {
    const { store, add } = createQueue(2, 2);
    const [first, second] = [add(2), add(2)];
    await settle();
    await expect(add(1)).rejects.toMatchObject({ code: 'RECORDER_FULL', status: 503 });
    await store.commit();
    await store.commit();
    expect((await Promise.all([first, second])).map(({ inserted }) => inserted)).toEqual([2, 2]);
    const later = add(1);
    await settle();
    await store.commit();
    expect(await later).toEqual({ inserted: 1, updated: 0 });
  });

  test('invalid calls of one caller fail no other, and free their capacity', async () => {
    const { store, queue, add } = createQueue(1, 10);
    const first = add();
    const wrong = expect(
      queue.add(() => {
        throw new TypeError('wrong');
      }),
    ).rejects.toThrow('wrong');
    const last = add();
    await settle();
    await store.commit();
    await wrong;
    await store.commit();
    expect(await Promise.all([first, last])).toHaveLength(2);
  });

  test('when a transaction fails, the one at fault is found and the others are stored', async () => {
    const bad = calls(1);
    const queue = new CallQueue({
      maxQueuedCalls: 100,
      maxWaitingCalls: 0,
      maxTransactions: 1,
      maxCallsPerTransaction: 1000,
      store: async (jobs) => {
        await settle();
        if (jobs.includes(bad)) throw new Error('check constraint');
        return jobs.map(() => ({ inserted: 1, updated: 0 }));
      },
    });
    const results = await Promise.allSettled(
      Array.from({ length: 9 }, (_, index) => queue.add(() => (index === 4 ? bad : calls(1)))),
    );
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual(
      results.map((_, index) => index !== 4),
    );
  });

  test('when the database is gone, every caller is rejected immediately', async () => {
    const { store, add } = createQueue();
    const all = Promise.allSettled([add(), add(), add()]);
    await settle();
    await store.commit(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(store.batches).toHaveLength(1);
  });

  describe('with two concurrent transactions', () => {
    const named = (userDid: string, from: number, to: number): Calls =>
      Array.from(
        { length: to - from },
        (_, index) => ({ userDid, id: String(from + index) }) as StoredCall,
      );
    const createPair = () => {
      const { store, queue } = createQueue(10_000, 0, 2);
      const add = async (
        ...[userDid, from, to]: Parameters<typeof named>
      ): Promise<WriteCounts> => {
        const counts = queue.add(() => named(userDid, from, to));
        await settle();
        return counts;
      };
      return { store, queue, add };
    };

    test('a full one starts concurrently with another, fewer calls gather for the next', async () => {
      const { store, queue, add } = createPair();
      const all = [add('alice', 0, 10), add('alice', 10, 20), add('alice', 20, 1015)];
      await settle();
      // All three came in one moment, but are too many for one.
      expect(store.sizes).toEqual([20]);
      all.push(add('alice', 1015, 1020));
      await settle();
      expect(store.sizes).toEqual([20, 1000]);
      all.push(add('alice', 1020, 3000));
      await settle();
      expect(store.sizes).toEqual([20, 1000]);
      await store.commit();
      expect(store.sizes).toEqual([20, 1000, 1980]);
      await store.commit();
      await store.commit();
      expect((await Promise.all(all)).map(({ inserted }) => inserted)).toEqual([
        10, 10, 995, 5, 1980,
      ]);
      await queue.stop();
    });

    test('they have no call in common, and no caller overtakes one that waits', async () => {
      const { store, add } = createPair();
      const all = [
        add('alice', 0, 1000),
        add('alice', 999, 1999),
        // Another user's call with the same id is another call.
        add('bob', 0, 1000),
      ];
      await settle();
      expect(store.sizes).toEqual([1000]);
      await store.commit();
      expect(store.batches.map((jobs) => jobs[0]?.[0]?.userDid)).toEqual(['alice', 'alice', 'bob']);
      await store.commit();
      await store.commit();
      expect(await Promise.all(all)).toHaveLength(3);
    });

    test('one that fails fails only its own callers', async () => {
      const { store, add } = createPair();
      const wrong = expect(add('alice', 0, 1000)).rejects.toThrow('check constraint');
      const right = add('bob', 0, 1000);
      await settle();
      await store.commit(new Error('check constraint'));
      await store.commit();
      await wrong;
      expect(await right).toEqual({ inserted: 1000, updated: 0 });
    });
  });

  test('stop waits for all accepted calls, waiting ones too, and refuses further ones', async () => {
    const { store, queue, add } = createQueue(1, 10);
    const all = [add(), add(), add()];
    await settle();
    let stopped = false;
    const stop = queue.stop().then(() => (stopped = true));
    await expect(add()).rejects.toMatchObject({ code: 'RECORDER_STOPPED' });
    for (let commit = 0; commit < 3; commit += 1) {
      expect(stopped).toBe(false);
      await store.commit();
    }
    await Promise.all([...all, stop]);
    expect(stopped).toBe(true);
  });
});
