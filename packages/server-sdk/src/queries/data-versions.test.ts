import { expect, test } from 'vitest';
import type { Database } from '../db/database.js';
import { DataVersions } from './data-versions.js';

interface Question {
  users: unknown[];
  answer: (versions: Record<string, number>) => void;
  fail: (error: Error) => void;
}

/** A database whose answers the test gives. */
function asked(): { versions: DataVersions; questions: Question[] } {
  const questions: Question[] = [];
  const raw = (_sql: string, bindings: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      questions.push({
        users: bindings,
        answer: (found) => {
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
  return { versions: new DataVersions(database), questions };
}

/** Lets everything that can happen happen. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('requests of one moment are one question, each user once', async () => {
  const { versions, questions } = asked();
  const answers = Promise.all(['alice', 'bob', 'alice'].map((user) => versions.of(user)));
  await settle();
  expect(questions.map(({ users }) => users)).toEqual([['alice', 'bob']]);
  questions[0]?.answer({ alice: 1, bob: 2 });
  expect(await answers).toEqual(['9.1', '9.2', '9.1']);
});

test('a request during a question waits for the next: its version is not from before it came', async () => {
  const { versions, questions } = asked();
  const early = versions.of('alice');
  await settle();
  const late = versions.of('alice');
  await settle();
  expect(questions).toHaveLength(1);
  questions[0]?.answer({ alice: 1 });
  expect(await early).toBe('9.1');
  await settle();
  expect(questions).toHaveLength(2);
  questions[1]?.answer({ alice: 2 });
  expect(await late).toBe('9.2');
});

test('an error rejects those who asked, and nobody after them', async () => {
  const { versions, questions } = asked();
  const failing = [versions.of('alice'), versions.of('bob')].map((one) => one.catch(String));
  await settle();
  const next = versions.of('alice');
  questions[0]?.fail(new Error('gone'));
  expect(await Promise.all(failing)).toEqual(['Error: gone', 'Error: gone']);
  await settle();
  questions[1]?.answer({ alice: 3 });
  expect(await next).toBe('9.3');
  // And it asks again after it had nothing to do.
  const last = versions.of('bob');
  await settle();
  questions[2]?.answer({ bob: 4 });
  expect(await last).toBe('9.4');
});
