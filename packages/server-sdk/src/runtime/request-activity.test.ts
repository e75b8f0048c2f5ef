import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { RequestActivity } from './request-activity.js';
import { TimeSlices } from './time-slices.js';

/** Request activity with a clock that the test moves, and a request that is in progress until `end` is called. */
function setUp(): {
  pass: (ms: number) => Promise<void>;
  requestActivity: RequestActivity;
  end: (error?: Error) => void;
  work: Promise<void>;
} {
  let nowMs = 0;
  const requestActivity = new RequestActivity(() => nowMs);
  let end: (error?: Error) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    end = (error) => {
      if (error) reject(error);
      else resolve();
    };
  });
  const pass = async (ms: number): Promise<void> => {
    nowMs += ms;
    // Longer than the interval of the poll.
    await sleep(10);
  };
  return { pass, requestActivity, end, work: requestActivity.run(() => done) };
}

function watch(promise: Promise<unknown>): () => boolean {
  let isDone = false;
  void promise.then(() => (isDone = true));
  return () => isDone;
}

test('background work does not wait while no request is in progress', async () => {
  await new RequestActivity(() => 0).waitUntilIdle(Number.POSITIVE_INFINITY);
});

test('background work waits for the end of a request and a moment longer', async () => {
  const { pass, requestActivity, end, work } = setUp();
  const isIdle = watch(requestActivity.waitUntilIdle(1000));
  await pass(100);
  expect(isIdle()).toBe(false);
  end();
  await work;
  await pass(1);
  expect(isIdle()).toBe(false);
  await pass(2);
  expect(isIdle()).toBe(true);
});

test('a request that fails ends too', async () => {
  const { pass, requestActivity, end, work } = setUp();
  end(new Error('refused'));
  await expect(work).rejects.toThrow('refused');
  const isIdle = watch(requestActivity.waitUntilIdle(1000));
  await pass(3);
  expect(isIdle()).toBe(true);
});

test('background work waits for each of two requests', async () => {
  const { pass, requestActivity, end, work } = setUp();
  await requestActivity.run(() => Promise.resolve());
  const isIdle = watch(requestActivity.waitUntilIdle(1000));
  await pass(10);
  expect(isIdle()).toBe(false);
  end();
  await work;
  await pass(3);
  expect(isIdle()).toBe(true);
});

test('background work does not wait for ever', async () => {
  const { pass, requestActivity } = setUp();
  const isIdle = watch(requestActivity.waitUntilIdle(50));
  await pass(49);
  expect(isIdle()).toBe(false);
  await pass(1);
  expect(isIdle()).toBe(true);
});

test('long work yields to requests after each time slice, and work that others wait for does not', async () => {
  let nowMs = 0;
  const { requestActivity } = setUp();
  const slices = new TimeSlices(requestActivity, () => nowMs);
  const hasYielded = watch(slices.yieldIfDue());
  await sleep(10);
  expect(hasYielded()).toBe(true);
  nowMs += 5;
  const hasYieldedAgain = watch(slices.yieldIfDue());
  const inTransaction = new TimeSlices(null, () => nowMs);
  nowMs += 5;
  await inTransaction.yieldIfDue();
  expect(hasYieldedAgain()).toBe(false);
});
