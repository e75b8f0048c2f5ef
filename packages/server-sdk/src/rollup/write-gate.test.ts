import { expect, test } from 'vitest';
import { WriteGate } from './write-gate.js';

test('one passes after the other, in the order they came, and what it found is given on', async () => {
  const gate = new WriteGate();
  const seen: string[] = [];
  const pass = (name: string): Promise<string> =>
    gate.pass(async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      return name;
    });
  expect(await Promise.all([pass('a'), pass('b'), pass('c')])).toEqual(['a', 'b', 'c']);
  expect(seen).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test('between two there is a rest, twice as long as the first took, neither too short to be found nor longer than needed', async () => {
  let nowMs = 0;
  const rests: number[] = [];
  const gate = new WriteGate(
    () => nowMs,
    (milliseconds) => {
      rests.push(milliseconds);
      nowMs += milliseconds;
      return Promise.resolve();
    },
  );
  const passFor = (tookMs: number): Promise<void> =>
    gate.pass(() => {
      nowMs += tookMs;
      return Promise.resolve();
    });
  for (const tookMs of [1, 9, 400, 1]) await passFor(tookMs);
  expect(rests).toEqual([5, 18, 20]);

  // What was done meanwhile counts.
  nowMs += 3;
  await passFor(1);
  nowMs += 100;
  await passFor(1);
  expect(rests).toEqual([5, 18, 20, 2]);
});

test('one that fails keeps none out', async () => {
  const gate = new WriteGate();
  await expect(gate.pass(() => Promise.reject(new Error('disk full')))).rejects.toThrow(
    'disk full',
  );
  expect(await gate.pass(() => Promise.resolve('in'))).toBe('in');
});
