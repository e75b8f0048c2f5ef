import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toLink } from './to-link.js';

it.each([
  ['https://docs.example/start', 'https://docs.example/start'],
  ['/sign-in', '/sign-in'],
  ['login', './login'],
  ['#start', '#start'],
  ['javascript:alert(1)', undefined],
  ['java\nscript:alert(1)', undefined],
  ['//evil.example', undefined],
  ['data:text/html,x', undefined],
  [undefined, undefined],
])('makes of %s the link %s', (href, expected) => {
  expect(toLink(href)).toBe(expected);
});

it('is what every link of the pages goes through', () => {
  const source = join(import.meta.dirname, '..');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.tsx') && !/\.(test|stories)\./.test(file),
  );
  const links = files.flatMap(
    (file) => readFileSync(join(source, file), 'utf8').match(/\b(?:href|src)=\{[^}]*\}/g) ?? [],
  );
  expect(links.length).toBeGreaterThan(2);
  // `BackLink` is given its address and puts it through the same function itself.
  expect(links.filter((link) => !/^(href=\{toLink\(|href=\{`\$\{basePath)/.test(link))).toEqual([]);
});
