import { describe, expect, it } from 'vitest';
import { createTokenSource } from './token-source.js';

const encode = (value: object): string => btoa(JSON.stringify(value)).replaceAll('=', '');
const createToken = (id: number, seconds: number): string =>
  `${encode({ alg: 'HS256' })}.${encode({ jti: id, iat: 1000, exp: 1000 + seconds })}.sig`;

describe('createTokenSource', () => {
  it('replaces a token when four fifths of its life are over, once for all who ask', async () => {
    let nowMs = 5_000_000;
    let calls = 0;
    const source = createTokenSource(
      () => createToken((calls += 1), 600),
      () => nowMs,
    );
    const first = await source.get();
    nowMs += 479_000;
    expect(await source.get()).toBe(first);
    nowMs += 2000;
    const again = await Promise.all([source.get(), source.get(), source.get()]);
    expect([new Set(again).size, calls]).toEqual([1, 2]);
    expect(again[0]).not.toBe(first);
  });

  it('goes on with the token it has while the page cannot supply another', async () => {
    let nowMs = 0;
    let calls = 0;
    const source = createTokenSource(
      () => ((calls += 1) === 2 ? Promise.reject(new Error('offline')) : createToken(calls, 100)),
      () => nowMs,
    );
    const first = await source.get();
    nowMs = 90_000;
    expect(await source.get()).toBe(first);
    expect(await source.get()).toBe(createToken(3, 100));
  });

  it.each(['opaque', 'a.b.c', `a.${encode({ exp: 'soon' })}.c`, '', null])(
    'keeps a token that does not say how long it lasts: %s',
    async (token) => {
      let calls = 0;
      let nowMs = 0;
      const source = createTokenSource(
        () => {
          calls += 1;
          return token;
        },
        () => nowMs,
      );
      await source.get();
      nowMs = 1e15;
      await source.get();
      expect(calls).toBe(1);
    },
  );
});
