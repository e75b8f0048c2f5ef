import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test.each([
  'examples/hosts/koa.ts',
  'examples/hosts/node-http.ts',
  'examples/hosts/express.ts',
  'examples/hosts/nest.ts',
  'examples/hosts/fastify.ts',
  'examples/hosts/hono.ts',
  'examples/hosts/next/app/api/usage/[...path]/route.ts',
  'examples/hosts/next/lib/usage.ts',
  'examples/hosts/next/next.config.ts',
  'examples/embed-page/index.html',
  'examples/embed-page/page.js',
  'examples/typed-client/read-usage.ts',
])('the README shows %s, which the tests run, and it is a page at most', (path) => {
  const text = read(path).trim();
  expect(read('README.md')).toContain(text);
  expect(text.split('\n').length).toBeLessThanOrEqual(50);
});
