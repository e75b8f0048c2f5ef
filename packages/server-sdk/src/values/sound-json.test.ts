import { expect, test } from 'vitest';
import { toSoundJson } from './sound-json.js';

const LIMIT = 1000;

test.each([
  ['the six characters of an escape', { note: 'a \\u0000 b', path: 'C:\\u0000x' }],
  ['an escape behind a backslash', { note: '\\\\u0000' }],
  ['a literal \\ud800', { note: '\\ud800' }],
])('%s stays as it was written', (_name, metadata) => {
  expect(JSON.parse(toSoundJson(metadata, LIMIT) ?? '')).toEqual(metadata);
});

test('NUL and lone surrogates go, in names and texts, at every depth', () => {
  const metadata = { 'k\0ey': ['a\0b', { deep: '\ud83d!', emoji: '😀' }], '\ude00': 1 };
  expect(JSON.parse(toSoundJson(metadata, LIMIT) ?? '')).toEqual({
    key: ['ab', { deep: '\ufffd!', emoji: '😀' }],
    '\ufffd': 1,
  });
});

test('what JSON has no form for', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  expect(toSoundJson(cyclic, LIMIT)).toBeNull();
  expect(toSoundJson({ big: 2n ** 70n }, LIMIT)).toBe('{"big":"1180591620717411303424"}');
  expect(toSoundJson({ at: new Date(0) }, LIMIT)).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
});

test.each([
  ['gives another object', () => ({ ok: true }), '{"ok":true}'],
  ['gives text', () => 'a', null],
  ['gives a list', () => [], null],
  ['gives nothing', () => undefined, null],
  [
    'throws',
    () => {
      throw new Error('no');
    },
    null,
  ],
])('toJSON that %s', (_name, toJSON, text) => {
  expect(toSoundJson({ toJSON }, LIMIT)).toBe(text);
});

test('the limit is one of the text', () => {
  expect(toSoundJson({ a: 'x'.repeat(20) }, 20)).toBeNull();
});
