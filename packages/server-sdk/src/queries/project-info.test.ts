import { expect, test, vi } from 'vitest';
import type { Logger } from '../runtime/logger.js';
import type { ProjectDirectory } from './project-directory.js';
import { createProjectDescriber } from './project-info.js';

const NAMELESS = { appDid: 'chat', name: null, logoUrl: null, url: null };

async function describe(directory: unknown): Promise<{ project: unknown; warnings: number }> {
  const warn = vi.fn();
  const quiet = (): void => undefined;
  const logger: Logger = { debug: quiet, info: quiet, error: quiet, warn };
  const projects = createProjectDescriber(directory as ProjectDirectory, logger);
  const found = await projects(['chat']);
  expect([...found.keys()]).toEqual(['chat']);
  return { project: found.get('chat'), warnings: warn.mock.calls.length };
}

test.each([
  ['null', () => null],
  [
    'an iterator without an end',
    function* endless() {
      for (;;) yield { appDid: 'chat', name: 'Chat' };
    },
  ],
  ['a text', () => 'chat'],
  [
    'nothing: it throws',
    () => {
      throw new Error('no');
    },
  ],
  ['a promise that is never kept', () => new Promise(() => undefined)],
  [
    'getters that throw',
    () => [
      Object.defineProperty({ appDid: 'chat' }, 'name', {
        get: () => {
          throw new Error('no');
        },
      }),
    ],
  ],
])('a directory that gives %s costs the names, and is logged', async (_name, directory) => {
  expect(await describe(directory)).toEqual({ project: NAMELESS, warnings: 1 });
});

test.each([
  [[null, 'x', 7, { appDid: 'other', name: 'Other' }], {}],
  [[{ appDid: 'chat', name: { toString: () => 'x' }, logoUrl: 'javascript:x', url: '//x' }], {}],
  [[{ appDid: 'chat', name: 'a\u0000b', url: '/apps/chat' }], { name: 'a b', url: '/apps/chat' }],
  [[{ appDid: 'chat', name: 'x'.repeat(1e6) }], { name: `${'x'.repeat(254)}…` }],
  [JSON.parse('[{"appDid":"__proto__","name":"polluted"}]'), {}],
])('odd descriptions are read member by member (%#)', async (infos, expected) => {
  const { project } = await describe(() => infos);
  expect(project).toEqual({ ...NAMELESS, ...expected });
});

test('a directory that hangs is left alone after three requests, so that pages do not wait for it', async () => {
  const directory = vi.fn(() => new Promise<never>(() => undefined));
  const quiet = (): void => undefined;
  const logger: Logger = { debug: quiet, info: quiet, error: quiet, warn: quiet };
  const projects = createProjectDescriber(directory, logger);
  await Promise.all([projects(['a']), projects(['a']), projects(['a'])]);
  await projects(['a']);
  expect(directory).toHaveBeenCalledTimes(3);
});
