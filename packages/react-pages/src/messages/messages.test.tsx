import { cleanup, render } from '@testing-library/react';
import type { UsageClient, UsageProvider as ProviderElement } from '@usage-kit/widgets';
import { afterEach, expect, it } from 'vitest';
import { FirstCallGuide, UsageProvider } from '../index.js';
import { getMessages, withHostMessages } from './messages.js';

it('replaces messages by a host’s, and ignores names and values that are no messages', () => {
  const own = { signIn: 'Log in', retry: 5, toString: 'x', credits: 'Points' } as never;
  const messages = withHostMessages(getMessages('en'), own);
  expect(messages).toEqual({ ...getMessages('en'), signIn: 'Log in' });
});

afterEach(cleanup);

it('passes the messages of the provider to the pages and to the elements', () => {
  const messages = { guideTitle: 'Call something', credits: 'Points' };
  const client = new Proxy({} as UsageClient, { get: () => () => new Promise(() => undefined) });
  const { container } = render(
    <UsageProvider client={client} messages={messages}>
      <FirstCallGuide code="x" />
    </UsageProvider>,
  );
  expect(container.querySelector('h2')?.textContent).toBe('Call something');
  expect(container.querySelector<ProviderElement>('usage-provider')?.messages).toEqual(messages);
});
