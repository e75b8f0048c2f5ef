import { expect, test } from 'vitest';
import type { InParts } from '../domain/in-parts.js';
import { Turns } from './turns.js';
import { endOfTurn } from './wait.js';

test('long work lets others have their turn, short work does not wait', async () => {
  let nowMs = 0;
  const turns = new Turns(null, () => nowMs);
  let others = 0;
  const other = async (): Promise<void> => {
    await endOfTurn();
    others += 1;
  };
  const first = other();
  await turns.share();
  expect(others).toBe(0);
  nowMs += 1000;
  await turns.share();
  expect(others).toBe(1);
  await first;
  const second = other();
  await turns.share();
  expect(others).toBe(1);
  await second;
});

test('work in parts shares between two of them, and gives what it came to', async () => {
  let nowMs = 0;
  const turns = new Turns(null, () => nowMs);
  let done = 0;
  function* work(): InParts<string> {
    for (done = 1; done < 10; done += 1) {
      nowMs += 1;
      yield;
    }
    return 'all';
  }
  let doneBeforeOthers = 0;
  const result = turns.finish(work());
  await endOfTurn().then(() => (doneBeforeOthers = done));
  expect(doneBeforeOthers).toBeLessThan(10);
  expect(await result).toBe('all');
  expect(done).toBe(10);
});
