import { expect, test } from 'vitest';
import type { Database } from '../db/database.js';
import { readDataVersions } from './data-version-store.js';
import { DataVersions } from './data-versions.js';

interface StartedStatement {
  users: unknown[];
  respond: (versions: Record<string, number>) => void;
  fail: (error: Error) => void;
}

/** A database whose results the test gives. */
function createVersions(): { versions: DataVersions; statements: StartedStatement[] } {
  const statements: StartedStatement[] = [];
  const raw = (_sql: string, bindings: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      statements.push({
        users: bindings,
        respond: (found) => {
          resolve(
            bindings.map((user) => ({
              user_did: user,
              version: found[String(user)],
              swept_through_ms: 9,
            })),
          );
        },
        fail: reject,
      });
    });
  const database = { reader: { raw }, dialect: {} } as unknown as Database;
  return { versions: new DataVersions(database, readDataVersions), statements };
}

/** Waits until all started work has run. */
async function runPending(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('requests of one moment share a statement, which has each user once', async () => {
  const { versions, statements } = createVersions();
  const read = Promise.all(['alice', 'bob', 'alice'].map((user) => versions.read(user)));
  await runPending();
  expect(statements.map(({ users }) => users)).toEqual([['alice', 'bob']]);
  statements[0]?.respond({ alice: 1, bob: 2 });
  expect(await read).toEqual(['9.1', '9.2', '9.1']);
});

test('a request during a statement waits for the next: its version is not from before it arrived', async () => {
  const { versions, statements } = createVersions();
  const early = versions.read('alice');
  await runPending();
  const late = versions.read('alice');
  await runPending();
  expect(statements).toHaveLength(1);
  statements[0]?.respond({ alice: 1 });
  expect(await early).toBe('9.1');
  await runPending();
  expect(statements).toHaveLength(2);
  statements[1]?.respond({ alice: 2 });
  expect(await late).toBe('9.2');
});

test('an error rejects the requests that wait for the statement, and no later one', async () => {
  const { versions, statements } = createVersions();
  const failing = [versions.read('alice'), versions.read('bob')].map((one) => one.catch(String));
  await runPending();
  const next = versions.read('alice');
  statements[0]?.fail(new Error('gone'));
  expect(await Promise.all(failing)).toEqual(['Error: gone', 'Error: gone']);
  await runPending();
  statements[1]?.respond({ alice: 3 });
  expect(await next).toBe('9.3');
  // A request after the last statement starts another.
  const last = versions.read('bob');
  await runPending();
  statements[2]?.respond({ bob: 4 });
  expect(await last).toBe('9.4');
});
