import { expect, test } from 'vitest';
import { toSafeLink } from './safe-link.js';

test.each(['https://a.example/x?y#z', 'HTTP://a.example', 'http://[::1]:8080/', '/usage/a', '/'])(
  '%j may leave the server',
  (link) => {
    expect(toSafeLink(link)).toBe(link);
  },
);

test.each([
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    ' javascript:alert(1)',
  ],
  ...['data:text/html,<script>', 'blob:https://a/b', 'vbscript:x', 'file:///etc/passwd', 'ftp://a'],
  ...['//evil.example', '/\\evil.example', '\\\\evil', 'https:\\\\evil', 'ht\ttps://evil.example'],
  ...['https://a\n.example/', 'https://', 'https:a', 'a/b', 'x', '', '\u0000/a', '/a b'],
  ...[`https://a.example/${'x'.repeat(3000)}`, 'https://a.example/\ud800'],
  ...[null, undefined, 1, {}, ['https://a.example'], { toString: () => 'https://a.example' }],
])('%j is no link', (value) => {
  expect(toSafeLink(value)).toBeNull();
});
