import { act, cleanup, render } from '@testing-library/react';
import '@usage-kit/widgets/define';
import { afterEach, expect, it, vi } from 'vitest';
import { UsageOverview, UsageProvider } from '../index.js';

afterEach(() => {
  cleanup();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

it('shares its requests with elements outside of React on the same page', async () => {
  const requests: string[] = [];
  vi.stubGlobal('fetch', (address: string | URL | Request) => {
    requests.push(new URL(address instanceof Request ? address.url : address, 'http://x').pathname);
    return new Promise(() => undefined);
  });
  document.body.innerHTML =
    '<usage-provider base-url="/same"><usage-overview></usage-overview></usage-provider>' +
    '<usage-provider base-url="/other"><usage-overview></usage-overview></usage-provider>';
  await act(async () => {
    render(
      <UsageProvider baseUrl="/same">
        <UsageOverview />
      </UsageProvider>,
    );
  });
  await vi.waitFor(() => expect(requests).toContain('/same/overview'), { timeout: 30_000 });
  await vi.waitFor(() => expect(requests).toContain('/other/overview'), { timeout: 30_000 });
  expect(document.querySelectorAll('usage-overview')).toHaveLength(3);
  expect(requests.sort()).toEqual(['/other/overview', '/same/overview']);
});
