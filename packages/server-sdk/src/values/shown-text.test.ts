import { expect, test } from 'vitest';
import { toShownText } from './shown-text.js';

test.each([
  ['Chat', 10, 'Chat'],
  ['a\u0000b\r\nc', 10, 'a b c'],
  ['a\ud800b', 10, 'a\ufffdb'],
  ['abcdef', 5, 'abcd…'],
  ['abc😀', 4, 'abc…'],
])('%j in %i characters is %j', (text, maxLength, shown) => {
  expect(toShownText(text, maxLength)).toBe(shown);
});

test('a text of megabytes is cut without being searched', () => {
  expect(toShownText('x'.repeat(10_000_000), 255)).toHaveLength(255);
});
