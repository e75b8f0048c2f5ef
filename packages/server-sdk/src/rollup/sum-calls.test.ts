import { expect, test } from 'vitest';
import type { CallRow } from '../stores/call-rows.js';
import { KeyCache } from '../stores/key-cache.js';
import type { NamesByKind } from '../stores/key-store.js';
import { Turns } from '../ports/turns.js';
import { sumCallsByUser } from './sum-calls.js';

const callOf = (userDid: string): CallRow => ({
  userDid,
  appDid: 'app',
  modelKey: 'model',
  startedAtMs: 0,
  type: 'chatCompletion',
  status: 'success',
  inputTokens: 1,
  outputTokens: 0,
  totalTokens: null,
  creditsE8: null,
  durationUs: 1000,
});

/** Numbers for names, and which were asked for. */
function numbers(most: number): { keys: KeyCache; asked: NamesByKind[]; turns: Turns } & {
  ensure: (names: NamesByKind) => Promise<void>;
} {
  const keys = new KeyCache(most);
  const given = new Map<string, number>();
  const asked: NamesByKind[] = [];
  const ensure = (names: NamesByKind): Promise<void> => {
    asked.push(names);
    for (const [kind, ofKind] of names) {
      for (const name of ofKind) {
        const id = given.get(name) ?? given.size + 1;
        given.set(name, id);
        keys.of(kind).set(name, id);
      }
    }
    return Promise.resolve();
  };
  return { keys, asked, ensure, turns: new Turns(null) };
}

test('more names at once than are kept still have their numbers, and the same ones later', async () => {
  const tools = numbers(2);
  const calls = ['ann', 'bob', 'cid', 'dan'].map(callOf);
  const first = await sumCallsByUser(calls, tools);
  expect(first.size).toBe(4);
  const second = await sumCallsByUser(calls, tools);
  expect([...second.keys()]).toEqual([...first.keys()]);
});

test('all names are asked for in one go, and known ones not again', async () => {
  const tools = numbers(100);
  await sumCallsByUser(['ann', 'bob'].map(callOf), tools);
  await sumCallsByUser(['ann', 'bob'].map(callOf), tools);
  expect(tools.asked).toEqual([
    new Map([
      ['user', new Set(['ann', 'bob'])],
      ['project', new Set(['app'])],
      ['model', new Set(['model'])],
    ]),
  ]);
});
