import { expect, test } from 'vitest';
import { WriteThrottle } from './write-throttle.js';

const quiet = { readVersion: () => Promise.resolve(1) };

test('work is done one after the other, in the order it came, and its results are passed on', async () => {
  const throttle = new WriteThrottle(quiet);
  const seen: string[] = [];
  const run = (name: string): Promise<string> =>
    throttle.run(async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      return name;
    });
  expect(await Promise.all([run('a'), run('b'), run('c')])).toEqual(['a', 'b', 'c']);
  expect(seen).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test('pauses are short until another process writes, and then twice as long as the work, within bounds', async () => {
  let nowMs = 0;
  let version = 1;
  const pauses: number[] = [];
  const throttle = new WriteThrottle({
    readVersion: () => Promise.resolve(version),
    nowMs: () => nowMs,
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      nowMs += milliseconds;
      return Promise.resolve();
    },
  });
  const runFor = (tookMs: number): Promise<void> =>
    throttle.run(() => {
      nowMs += tookMs;
      return Promise.resolve();
    });
  for (const tookMs of [1, 8, 400, 1]) await runFor(tookMs);
  expect(pauses).toEqual([1, 2, 5]);

  version = 2;
  for (const tookMs of [9, 400, 1]) await runFor(tookMs);
  expect(pauses.slice(3)).toEqual([5, 18, 20]);

  // The time since the last work counts.
  nowMs += 3;
  await runFor(4);
  expect(pauses.at(-1)).toBe(2);
  nowMs += 3000;
  await runFor(4);
  await runFor(4);
  expect(pauses.slice(7)).toEqual([1]);
});

test('work that fails keeps none out', async () => {
  const throttle = new WriteThrottle(quiet);
  await expect(throttle.run(() => Promise.reject(new Error('disk full')))).rejects.toThrow(
    'disk full',
  );
  expect(await throttle.run(() => Promise.resolve('in'))).toBe('in');
});
