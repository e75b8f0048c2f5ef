import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { RequestActivity } from './request-activity.js';
import { TimeSlices } from './time-slices.js';

/** A clock that stands still until it is set on, work under way, and somebody who stands back for it. */
function setUp(): {
  pass: (ms: number) => Promise<void>;
  foreground: RequestActivity;
  end: (error?: Error) => void;
  work: Promise<void>;
} {
  let nowMs = 0;
  const foreground = new RequestActivity(() => nowMs);
  let end: (error?: Error) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    end = (error) => {
      if (error) reject(error);
      else resolve();
    };
  });
  const pass = async (ms: number): Promise<void> => {
    nowMs += ms;
    // Longer than it takes to be looked at again.
    await sleep(10);
  };
  return { pass, foreground, end, work: foreground.run(() => done) };
}

function watch(promise: Promise<unknown>): () => boolean {
  let isDone = false;
  void promise.then(() => (isDone = true));
  return () => isDone;
}

test('nobody stands back for nothing', async () => {
  await new RequestActivity(() => 0).quiet(Number.POSITIVE_INFINITY);
});

test('who stands back waits for the end of the work and a moment longer', async () => {
  const { pass, foreground, end, work } = setUp();
  const isQuiet = watch(foreground.quiet(1000));
  await pass(100);
  expect(isQuiet()).toBe(false);
  end();
  await work;
  await pass(1);
  expect(isQuiet()).toBe(false);
  await pass(2);
  expect(isQuiet()).toBe(true);
});

test('work that fails ends too', async () => {
  const { pass, foreground, end, work } = setUp();
  end(new Error('refused'));
  await expect(work).rejects.toThrow('refused');
  const isQuiet = watch(foreground.quiet(1000));
  await pass(3);
  expect(isQuiet()).toBe(true);
});

test('of two pieces of work both are waited for', async () => {
  const { pass, foreground, end, work } = setUp();
  await foreground.run(() => Promise.resolve());
  const isQuiet = watch(foreground.quiet(1000));
  await pass(10);
  expect(isQuiet()).toBe(false);
  end();
  await work;
  await pass(3);
  expect(isQuiet()).toBe(true);
});

test('nobody stands back for ever', async () => {
  const { pass, foreground } = setUp();
  const isQuiet = watch(foreground.quiet(50));
  await pass(49);
  expect(isQuiet()).toBe(false);
  await pass(1);
  expect(isQuiet()).toBe(true);
});

test('long work stands back after each of its turns, and what others wait for does not', async () => {
  let nowMs = 0;
  const { foreground } = setUp();
  const turns = new TimeSlices(foreground, () => nowMs);
  const isShared = watch(turns.yieldIfDue());
  await sleep(10);
  expect(isShared()).toBe(true);
  nowMs += 5;
  const isSharedAfterTurn = watch(turns.yieldIfDue());
  const inTransaction = new TimeSlices(null, () => nowMs);
  nowMs += 5;
  await inTransaction.yieldIfDue();
  expect(isSharedAfterTurn()).toBe(false);
});
