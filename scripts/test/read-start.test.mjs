import { expect, it } from 'vitest';
import { join } from 'node:path';
import { root } from '../lib/run.mjs';
import { readStart, readStarts } from '../lib/starts/read-start.mjs';

const block = (info, ...lines) => ['```' + info, ...lines, '```', ''].join('\n');

const START = [
  '---\ntitle: Some host\nkind: server\n---\n',
  block('sh title="install"', 'npm init -y', 'npm install some-host'),
  block('js title="server.js"', 'serve();', '', 'end();'),
  block('sh title="start"', 'node server.js'),
  block('sh title="try"', 'curl -b user=ada http://localhost:3000/'),
].join('\n');

it('reads the files and the commands of a text', () => {
  const { title, kind, files, commands } = readStart('some', START);
  expect({ title, kind }).toEqual({ title: 'Some host', kind: 'server' });
  expect([...files]).toEqual([['server.js', 'serve();\n\nend();\n']]);
  expect(commands.install).toEqual(['npm init -y', 'npm install some-host']);
  expect(commands.start).toEqual(['node server.js']);
});

it('names everything that a text lacks', () => {
  const text = START.replace('kind: server', 'kind: other').replace('title="start"', '');
  expect(() => readStart('some', text)).toThrow(
    'docs/starts/some.md: a block has no title; kind is neither server nor page; it is not started',
  );
});

it('does not take a file of more than 40 lines of code', () => {
  const text = START.replace('serve();', 'serve();\n'.repeat(40));
  expect(() => readStart('some', text)).toThrow('server.js has 41 lines of code');
});

it('finds the starts of this repository in their shape', () => {
  const starts = readStarts(join(root, 'docs', 'starts'));
  const names = (kind) => starts.filter((start) => start.kind === kind).map(({ name }) => name);
  expect(names('server')).toEqual(['express', 'fastify', 'hono', 'koa', 'nest', 'next']);
  expect(names('page')).toEqual(['html', 'react', 'svelte', 'vue']);
});
