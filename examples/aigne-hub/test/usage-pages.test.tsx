import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeUsagePages } from './hub-app.js';

let usesNewPages: boolean | null = true;
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('fetch', (url: RequestInfo | URL) => {
    const path = url instanceof Request ? url.url : String(url);
    asked.push(path);
    if (path.endsWith('/start') && usesNewPages !== null) {
      return Promise.resolve(Response.json({ usesNewPages }));
    }
    return Promise.reject(new TypeError('no server'));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Opens the Hub's address of usage as its browser does: below a prefix. */
async function openUsage(): Promise<{ body: HTMLElement; path: () => string }> {
  const router = createMemoryRouter([makeUsagePages('/hub/')], {
    basename: '/hub',
    initialEntries: ['/hub/credit-usage'],
  });
  const body = document.createElement('div');
  document.body.replaceChildren(body);
  await act(async () => {
    createRoot(body).render(<RouterProvider router={router} />);
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
  return { body, path: () => router.state.location.pathname };
}

test('shows the new page below the Hub’s prefix, with its address and language', async () => {
  usesNewPages = true;
  const { body, path } = await openUsage();
  expect(asked[0]).toBe('/hub/api/usage-kit/start');
  await vi.waitFor(
    () => {
      expect(path()).toBe('/hub/credit-usage/dashboard');
    },
    { timeout: 30_000 },
  );
  const provider = body.querySelector<HTMLElement & { baseUrl: string; locale: string }>(
    'usage-provider',
  );
  expect([provider?.baseUrl, provider?.locale]).toEqual(['/hub/api/usage-kit', 'zh']);
  const projects = body.querySelector<HTMLElement & { projectHref: string }>('usage-projects');
  expect(projects?.projectHref).toMatch(/^\/hub\/credit-usage\/projects\/{appDid}/);
  await vi.waitFor(
    () => {
      expect(asked.map((path) => new URL(path, location.href).pathname)).toContain(
        '/hub/api/usage-kit/quota',
      );
    },
    { timeout: 30_000 },
  );
  expect(body.textContent).not.toContain('the old page');
  const detail = { appDid: 'zNKapp/2' };
  act(() => {
    projects?.dispatchEvent(
      new CustomEvent('usage-project-select', { detail, bubbles: true, cancelable: true }),
    );
  });
  await vi.waitFor(
    () => {
      expect(path()).toBe('/hub/credit-usage/projects/zNKapp%2F2');
    },
    { timeout: 30_000 },
  );
});

test.each([false, null])('shows the old page when the server says %s', async (answer) => {
  usesNewPages = answer;
  const { body, path } = await openUsage();
  expect(body.textContent).toBe('the old page');
  expect(path()).toBe('/hub/credit-usage');
});
