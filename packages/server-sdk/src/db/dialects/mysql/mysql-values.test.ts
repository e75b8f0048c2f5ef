import { expect, test } from 'vitest';
import { toMysqlValue } from './mysql-values.js';

const sqlOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'toSqlString' in value
    ? (value as { toSqlString(): string }).toSqlString()
    : `left: ${JSON.stringify(value)}`;

test.each([
  ['plain text, 字 and 😀', 'left: "plain text, 字 and 😀"'],
  ["o'hara", "'o''hara'"],
  [`say "hi"`, `'say "hi"'`],
  ["\\' or 1=1 -- ", "_utf8mb4 x'5c27206f7220313d31202d2d20'"],
  ['a\0b', "_utf8mb4 x'610062'"],
  ['a\nb', "_utf8mb4 x'610a62'"],
  [7, 'left: 7'],
  [null, 'left: null'],
])('%j is %s, whatever a backslash means', (value, sql) => {
  expect(sqlOf(toMysqlValue(value))).toBe(sql);
});

test('no text leaves its literal', () => {
  for (const text of ["'", "''", "\\'", "\\\\'", "'\\", '"\'"', "x' or 'a'='a"]) {
    expect(sqlOf(toMysqlValue(text))).toMatch(/^(_utf8mb4 x'([0-9a-f]{2})*'|'([^'\\]|'')*')$/);
  }
});

test('lists are treated value by value', () => {
  const [row] = toMysqlValue([["o'hara", 1]]) as unknown[][];
  expect([sqlOf(row?.[0]), row?.[1]]).toEqual(["'o''hara'", 1]);
});
