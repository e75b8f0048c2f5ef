import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deadline } from './deadline.js';

const LATE = new Error('late');
const never = new Promise<string>(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const createDeadline = (ms: number): Deadline => new Deadline(ms, () => LATE);

test('work in time gives its result, and no timer is left', async () => {
  const deadline = createDeadline(100);
  await expect(deadline.limit(Promise.resolve('done'))).resolves.toBe('done');
  deadline.clear();
  expect(vi.getTimerCount()).toBe(0);
  expect([deadline.reason, deadline.signal.aborted]).toEqual([null, false]);
});

test('work that fails in time fails with its own error', async () => {
  const deadline = createDeadline(100);
  await expect(deadline.limit(Promise.reject(new Error('own')))).rejects.toThrow('own');
  deadline.clear();
});

test('work that is late is no longer waited for, and its signal is aborted with the reason', async () => {
  const deadline = createDeadline(100);
  const { signal } = deadline;
  const limited = expect(deadline.limit(never)).rejects.toBe(LATE);
  vi.advanceTimersByTime(99);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  await limited;
  expect([signal.reason, deadline.reason]).toEqual([LATE, LATE]);
});

test('a signal that is first read after the abort is aborted already', () => {
  const deadline = createDeadline(100);
  deadline.abort(new Error('gone'));
  expect(deadline.signal.reason).toEqual(new Error('gone'));
});

test('the first reason remains, and work that begins after it is not waited for', async () => {
  const deadline = createDeadline(100);
  deadline.abort(new Error('gone'));
  vi.advanceTimersByTime(100);
  await expect(deadline.limit(never)).rejects.toThrow('gone');
  expect(deadline.reason).toEqual(new Error('gone'));
});
