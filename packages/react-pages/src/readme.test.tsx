import { readFileSync } from 'node:fs';
import { cleanup, fireEvent, render, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { UsageTopUpEvent } from '@usage-kit/widgets';
import { Dashboard } from '../examples/auto-top-up.js';
import { Usage } from '../examples/usage.js';
import { UsageProvider } from './index.js';

const readFile = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

afterEach(cleanup);

it.each([
  'usage.tsx',
  'main.tsx',
  'auto-top-up.tsx',
  'top-up-dialog.tsx',
  'next/app/usage/usage-app.tsx',
  'next/app/usage/layout.tsx',
  'next/app/usage/dashboard/page.tsx',
  'next/app/usage/projects/[appDid]/page.tsx',
])('the README shows examples/%s, which is checked here', (name) => {
  expect(readFile('../README.md')).toContain(readFile(`../examples/${name}`).trim());
});

it('the example shows the dashboard, or the page of a project', () => {
  // There is no server: answers that never come.
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const { container, rerender } = render(<Usage appDid={null} />);
  expect(container.querySelector('usage-quota')).not.toBeNull();
  rerender(<Usage appDid="docs" />);
  expect(container.querySelector('usage-quota')).toBeNull();
  expect(container.querySelector('usage-call-history')).not.toBeNull();
});

it('the example opens payment-kit’s dialog in the place of the provider’s link, and loads it only then', async () => {
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const loaded = vi.fn();
  vi.doMock('../examples/top-up-dialog.js', async (original) => {
    loaded();
    return original();
  });
  const { container, findByText, queryByText } = render(
    <UsageProvider>
      <Dashboard />
    </UsageProvider>,
  );
  expect(loaded).not.toHaveBeenCalled();
  const event = new UsageTopUpEvent('https://example.com/top-up');
  fireEvent(container.querySelector('usage-quota')!, event);
  expect(event.defaultPrevented).toBe(true);
  await findByText('Top up cur_credits');
  expect(loaded).toHaveBeenCalledOnce();
  fireEvent.click(await findByText('Cancel'));
  await waitFor(() => expect(queryByText('Top up cur_credits')).toBeNull());
});
