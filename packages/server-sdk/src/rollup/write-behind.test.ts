import { describe, expect, test } from 'vitest';
import { yieldToEventLoop } from '../runtime/wait.js';
import { WriteBehind } from './write-behind.js';

interface StartedWork {
  work: () => Promise<void>;
  isStarted: () => boolean;
  end: (error?: Error) => void;
}

function createWork(): StartedWork {
  let started = false;
  let end: StartedWork['end'] = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    end = (error) => {
      if (error) reject(error);
      else resolve();
    };
  });
  const work = (): Promise<void> => {
    started = true;
    return done;
  };
  return { work, isStarted: () => started, end };
}

describe('work', () => {
  test('runs while the next is prepared, never concurrently with another', async () => {
    const writes = new WriteBehind();
    const [first, second] = [createWork(), createWork()];
    await writes.start(first.work);
    const starting = writes.start(second.work);
    await yieldToEventLoop();
    expect([first.isStarted(), second.isStarted()]).toEqual([true, false]);
    first.end();
    await starting;
    expect(second.isStarted()).toBe(true);
    second.end();
    await writes.drain();
  });

  test('that fails stops all that would follow', async () => {
    const writes = new WriteBehind();
    const [first, second] = [createWork(), createWork()];
    await writes.start(first.work);
    first.end(new Error('disk full'));
    await expect(writes.start(second.work)).rejects.toThrow('disk full');
    await expect(writes.start(second.work)).rejects.toThrow('disk full');
    await expect(writes.drain()).rejects.toThrow('disk full');
    expect(second.isStarted()).toBe(false);
  });
});
