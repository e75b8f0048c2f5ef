import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { FullError, KeyedBulkhead } from './keyed-bulkhead.js';

const signal = new AbortController().signal;

test('queued work runs in the context of its request, not of the one that freed the slot', async () => {
  const context = new AsyncLocalStorage<string>();
  const gate = new KeyedBulkhead(1, 2);
  const seen: (string | undefined)[] = [];
  const work = async (): Promise<void> => {
    seen.push(context.getStore());
    await Promise.resolve();
    seen.push(context.getStore());
  };
  await Promise.all(
    ['first', 'second', 'third'].map((name) =>
      context.run(name, () => gate.run('user', signal, work)),
    ),
  );
  expect(seen).toEqual(['first', 'first', 'second', 'second', 'third', 'third']);
});

test('keys do not wait for one another, and none remains without work', async () => {
  const gate = new KeyedBulkhead(1, 0);
  let finish = (): void => undefined;
  const long = gate.run('a', signal, () => new Promise<void>((resolve) => (finish = resolve)));
  await expect(gate.run('a', signal, () => Promise.resolve())).rejects.toThrow(FullError);
  await expect(gate.run('b', signal, () => Promise.resolve('done'))).resolves.toBe('done');
  expect(gate.size).toBe(1);
  finish();
  await long;
  expect(gate.size).toBe(0);
});
