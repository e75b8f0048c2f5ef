import { expect, test, vi } from 'vitest';
import type { Logger } from '../runtime/logger.js';
import type { ProviderDirectory } from './provider-directory.js';
import { createProviderDescriber, describeProvidersOf } from './provider-info.js';

const UNKNOWN = { name: null, logoUrl: null };
const warn = vi.fn();
const quiet = (): void => undefined;
const logger: Logger = { debug: quiet, info: quiet, error: quiet, warn };

async function describe(directory: unknown): Promise<{ provider: unknown; warnings: number }> {
  warn.mockClear();
  const found = await createProviderDescriber(directory as ProviderDirectory, logger)(['openai']);
  expect([...found.keys()]).toEqual(['openai']);
  return { provider: found.get('openai'), warnings: warn.mock.calls.length };
}

test.each([
  ['null', () => null],
  ['a promise that is never kept', () => new Promise(() => undefined)],
  [
    'nothing: it throws',
    () => {
      throw new Error('no');
    },
  ],
])('a directory that gives %s costs the names, and is logged', async (_name, directory) => {
  expect(await describe(directory)).toEqual({ provider: UNKNOWN, warnings: 1 });
});

test.each([
  [[null, 'x', { provider: 'other', name: 'Other' }], {}],
  [[{ provider: 'openai', name: 7, logoUrl: 'javascript:x' }], {}],
  [
    [{ provider: 'openai', name: 'Open\u0000AI', logoUrl: '/o.svg' }],
    { name: 'Open AI', logoUrl: '/o.svg' },
  ],
  [[{ provider: 'openai', name: 'x'.repeat(1e6) }], { name: `${'x'.repeat(254)}…` }],
  [JSON.parse('[{"provider":"__proto__","name":"polluted"}]'), {}],
])('odd descriptions are read member by member (%#)', async (infos, expected) => {
  expect((await describe(() => infos)).provider).toEqual({ ...UNKNOWN, ...expected });
});

test('each provider is asked for once, and none where no call has one', async () => {
  const directory = vi.fn(() => []);
  const providers = createProviderDescriber(directory, logger);
  await describeProvidersOf(providers, ['openai', null, 'openai', 'azure']);
  await describeProvidersOf(providers, [null]);
  expect(directory.mock.calls).toEqual([[['openai', 'azure']]]);
});
