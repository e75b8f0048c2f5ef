import { expect, test } from 'vitest';
import { OwnWrites } from './own-writes.js';

const HOUR_MS = 3_600_000;

test('remembers a write until the replica has it', () => {
  const writes = new OwnWrites(HOUR_MS);
  writes.note(['alice']);
  const write = writes.get('alice');
  expect(write).toEqual({ version: null });
  expect(writes.get('bob')).toBeNull();
  if (write) writes.forget('alice', write);
  expect(writes.get('alice')).toBeNull();
});

test('does not forget a write that followed the one that the replica has', () => {
  const writes = new OwnWrites(HOUR_MS);
  writes.note(['alice']);
  const first = writes.get('alice');
  writes.note(['alice']);
  if (first) writes.forget('alice', first);
  expect(writes.get('alice')).toEqual({ version: null });
});

test('forgets a write after its time', async () => {
  const writes = new OwnWrites(5);
  writes.note(['alice']);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(writes.get('alice')).toBeNull();
});

test('takes every user for one that it wrote, once it had no space for one', async () => {
  const writes = new OwnWrites(300, 2);
  writes.note(['alice', 'bob', 'carol']);
  expect(writes.get('alice')).toEqual({ version: null });
  expect(writes.get('dave')).toEqual({ version: null });
  await new Promise((resolve) => setTimeout(resolve, 320));
  expect(writes.get('dave')).toBeNull();
});
