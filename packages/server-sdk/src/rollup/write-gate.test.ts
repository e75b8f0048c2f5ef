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

test('between two there is time for others', async () => {
  const gate = new WriteGate();
  await gate.pass(() => Promise.resolve());
  let isIn = false;
  const second = gate.pass(() => {
    isIn = true;
    return Promise.resolve();
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isIn).toBe(false);
  await second;
  expect(isIn).toBe(true);
});

test('one that fails keeps none out', async () => {
  const gate = new WriteGate();
  await expect(gate.pass(() => Promise.reject(new Error('disk full')))).rejects.toThrow(
    'disk full',
  );
  expect(await gate.pass(() => Promise.resolve('in'))).toBe('in');
});
