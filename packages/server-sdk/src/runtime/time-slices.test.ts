import { expect, test } from 'vitest';
import { TimeSlices } from './time-slices.js';
import { yieldToEventLoop } from './wait.js';

test('long work yields to other work, short work does not', async () => {
  let nowMs = 0;
  const slices = new TimeSlices(null, () => nowMs);
  let others = 0;
  const other = async (): Promise<void> => {
    await yieldToEventLoop();
    others += 1;
  };
  const first = other();
  await slices.yieldIfDue();
  expect(others).toBe(0);
  nowMs += 1000;
  await slices.yieldIfDue();
  expect(others).toBe(1);
  await first;
  const second = other();
  await slices.yieldIfDue();
  expect(others).toBe(1);
  await second;
});
