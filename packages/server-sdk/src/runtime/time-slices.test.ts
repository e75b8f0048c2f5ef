import { expect, test } from 'vitest';
import { TimeSlices } from './time-slices.js';
import { endOfTurn } from './wait.js';

test('long work lets others have their turn, short work does not wait', async () => {
  let nowMs = 0;
  const turns = new TimeSlices(null, () => nowMs);
  let others = 0;
  const other = async (): Promise<void> => {
    await endOfTurn();
    others += 1;
  };
  const first = other();
  await turns.yieldIfDue();
  expect(others).toBe(0);
  nowMs += 1000;
  await turns.yieldIfDue();
  expect(others).toBe(1);
  await first;
  const second = other();
  await turns.yieldIfDue();
  expect(others).toBe(1);
  await second;
});
