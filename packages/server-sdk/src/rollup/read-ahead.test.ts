import { expect, test } from 'vitest';
import { endOfTurn } from '../ports/wait.js';
import { readAhead } from './read-ahead.js';

test('answers come in order, and the next is read while one is worked on', async () => {
  const asked: number[] = [];
  const seen: [answer: string, askedBefore: number][] = [];
  const read = async (item: number): Promise<string> => {
    asked.push(item);
    await endOfTurn();
    return `answer ${item}`;
  };
  for await (const answer of readAhead([1, 2, 3], read)) seen.push([answer, asked.length]);
  expect(seen).toEqual([
    ['answer 1', 2],
    ['answer 2', 3],
    ['answer 3', 3],
  ]);
});

test('nothing is read for no items', async () => {
  const answers: number[] = [];
  for await (const answer of readAhead<number, number>([], () =>
    Promise.reject(new Error('read')),
  )) {
    answers.push(answer);
  }
  expect(answers).toEqual([]);
});

test('a read that fails is thrown in its place; one that nobody waits for is not', async () => {
  const read = (item: number): Promise<number> =>
    item === 2 ? Promise.reject(new Error('gone')) : Promise.resolve(item);
  const answers: number[] = [];
  const all = async (stopAt: number): Promise<void> => {
    for await (const answer of readAhead([1, 2, 3], read)) {
      answers.push(answer);
      if (answer === stopAt) return;
    }
  };
  await all(1);
  await endOfTurn();
  await expect(all(3)).rejects.toThrow('gone');
  expect(answers).toEqual([1, 1]);
});
