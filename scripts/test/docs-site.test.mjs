import { expect, test } from 'vitest';
import { createRequest, toCurl } from '../../packages/docs-site/src/client/console-request.ts';
import { LinkMap } from '../../packages/docs-site/scripts/lib/links.mjs';
import {
  escapeMdx,
  raiseHeadings,
  takeSections,
  toAnchor,
} from '../../packages/docs-site/scripts/lib/markdown.mjs';
import { createSample, listMembers } from '../../packages/docs-site/scripts/lib/schemas.mjs';

const README = [
  '# Kit',
  '## First',
  'See [there](#second-one) and [the scaling](../../docs/scaling.md#citus).',
  '### Deeper',
  '```sh',
  '## no heading',
  '```',
  '## Second, one',
  'Back to [the first](#deeper).',
].join('\n');

test('a section ends at the next heading of its level, not at a comment of its code', () => {
  const [first] = takeSections(README, ['First'], 'README.md');
  expect(first.text.endsWith('## no heading\n```')).toBe(true);
  expect(raiseHeadings(first.text)).toContain('\n## Deeper\n```sh\n## no heading');
});

test('a heading that was renamed fails the build', () => {
  expect(() => takeSections(README, ['Third'], 'README.md')).toThrow(
    'README.md has no section "Third"',
  );
});

test('anchors are those of the headings', () => {
  expect(toAnchor('Second, one')).toBe('second-one');
  expect(toAnchor('A `code` & [link](x.md)')).toBe('a-code--link');
  expect(toAnchor('P95 及其误差')).toBe('p95-及其误差');
});

test('links between texts lead to pages, those of a page’s own headings stay on it', () => {
  const links = new LinkMap();
  const path = 'packages/server-sdk/README.md';
  links.add(path, 'guides/first', '## Deeper', 'First');
  links.add(path, 'guides/second', 'Text', 'Second, one');
  links.add('docs/scaling.md', 'operate/scaling', '## Citus');
  const rewrite = (text, slug) => links.rewrite(text, path, slug);
  expect(rewrite('[a](#second-one)', 'guides/first')).toBe('[a](/guides/second/)');
  expect(rewrite('[a](#deeper)', 'guides/first')).toBe('[a](#deeper)');
  expect(rewrite('[a](#deeper)', 'guides/second')).toBe('[a](/guides/first/#deeper)');
  expect(rewrite('[a](../../docs/scaling.md#citus)', 'x')).toBe('[a](/operate/scaling/#citus)');
  expect(rewrite('[the tests](test)', 'x')).toBe('the tests');
  expect(() => rewrite('[a](missing.md)', 'x')).toThrow('which is not there');
});

test('nothing of a text is an expression or a tag of MDX, but in code', () => {
  expect(escapeMdx('with `{appDid}` in {it} <b>')).toBe('with `{appDid}` in \\{it\\} \\<b>');
});

test('members of a schema are listed with those of objects and lists within it', () => {
  const item = {
    type: 'object',
    properties: { id: { type: 'string', description: 'Its id' } },
    required: ['id'],
  };
  const schema = { type: 'object', properties: { items: { type: 'array', items: item } } };
  const rows = listMembers(schema, () => item);
  expect(rows.map(({ path, type, isRequired }) => [path, type, isRequired])).toEqual([
    ['items', 'object[]', false],
    ['items[].id', 'string', true],
  ]);
  expect(createSample({ $ref: '#/x' }, () => item)).toEqual({ id: 'text' });
});

const FORM = {
  method: 'GET',
  path: '/projects/{appDid}/calls',
  server: 'http://localhost:3000/api/usage/',
  token: '',
  page: 'http://site/endpoints/',
  body: undefined,
  fields: [
    { name: 'appDid', value: 'a/b', where: 'path' },
    { name: 'from', value: '', where: 'query' },
    { name: 'status', value: 'failed, processing', where: 'query' },
    { name: 'search', value: 'a, b', where: 'query' },
  ],
};

test('a console sends what its reader wrote, and nothing for what is empty', () => {
  const { url, headers, body } = createRequest(FORM);
  expect(url).toBe(
    'http://localhost:3000/api/usage/projects/a%2Fb/calls?status=failed&status=processing&search=a%2C+b',
  );
  expect(headers).toEqual({});
  expect(body).toBeUndefined();
});

test('a console’s command can be pasted, whatever is in its values', () => {
  const request = createRequest({
    ...FORM,
    method: 'POST',
    path: '/alerts',
    server: '/api/usage',
    token: 't',
    fields: [{ name: 'Idempotency-Key', value: 'k', where: 'header' }],
    body: `{"name":"it's"}`,
  });
  expect(toCurl(request)).toBe(
    [
      "curl -X POST 'http://site/api/usage/alerts'",
      "-H 'idempotency-key: k'",
      "-H 'authorization: Bearer t'",
      "-H 'content-type: application/json'",
      `-d '{"name":"it'\\''s"}'`,
    ].join(' \\\n  '),
  );
});
