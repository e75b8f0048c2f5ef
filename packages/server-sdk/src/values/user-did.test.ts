import { describe, expect, test } from 'vitest';
import { isIdentifier, isUserDid, MAX_DID_LENGTH } from './user-did.js';

describe('an identifier', () => {
  test.each(['a', 'did:abt:alice', 'аlice', 'a b', '😀', '"\\\'', '["did:alice",["chat"]]'])(
    '%j is one',
    (text) => {
      expect(isIdentifier(text, 255)).toBe(true);
    },
  );

  test.each([
    ['empty', ''],
    ['no text', 5],
    ['null', null],
    ['a list', ['a']],
    ['NUL', 'a\0b'],
    ['a line break', 'a\nb'],
    ['a control character above ASCII', 'a\u0085b'],
    ['half of an emoji', '\ud83d'],
    ['its other half', 'a\ude00'],
    ['halves in the wrong order', '\ude00\ud83d'],
  ])('%s is none', (_name, value) => {
    expect(isIdentifier(value, 255)).toBe(false);
  });

  test('its length is in UTF-16 units, which bounds code points and bytes too', () => {
    expect(isIdentifier('😀'.repeat(4), 8)).toBe(true);
    expect(isIdentifier('😀'.repeat(4), 7)).toBe(false);
    expect(Buffer.byteLength('字'.repeat(MAX_DID_LENGTH))).toBeLessThanOrEqual(3 * MAX_DID_LENGTH);
  });
});

test.each(['undefined', 'null', 'x'.repeat(MAX_DID_LENGTH + 1), 'a\ud800'])(
  '%j names no user',
  (text) => {
    expect(isUserDid(text)).toBe(false);
  },
);
