import { describe, expect, it } from 'vitest';
import { BodyTooLongError, readJson } from './read-body.js';

const MEBIBYTE = new Uint8Array(1024 * 1024).fill(32);

/** A body that never ends, and how much of it was taken. */
function createEndless(): { body: ReadableStream<Uint8Array>; taken: () => number } {
  let chunks = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      chunks += 1;
      controller.enqueue(MEBIBYTE);
    },
  });
  return { body, taken: () => chunks };
}

describe('readJson', () => {
  it('reads JSON in any number of parts, a byte order mark included', async () => {
    const bytes = new TextEncoder().encode('\ufeff{"name":"项目"}');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await readJson(new Response(body))).toEqual({ name: '项目' });
  });

  it.each(['', '<h1>Login</h1>', '{"half":'])('takes %j for no JSON', async (text) => {
    expect(await readJson(new Response(text))).toBeUndefined();
    expect(await readJson(new Response(null, { status: 204 }))).toBeUndefined();
  });

  it('stops at 32 MiB of a body without an end', async () => {
    const { body, taken } = createEndless();
    await expect(readJson(new Response(body))).rejects.toThrow(BodyTooLongError);
    expect(taken()).toBeLessThan(40);
  });

  it('reads nothing of a body whose length is named as too much', async () => {
    const { body, taken } = createEndless();
    const headers = { 'content-length': String(2 ** 30) };
    await expect(readJson(new Response(body, { headers }))).rejects.toThrow(BodyTooLongError);
    expect(taken()).toBeLessThan(3);
  });
});
