import { act, cleanup, fireEvent, render, waitFor } from '@testing-library/react';
import {
  UsageProjectSelectEvent,
  UsageRangeChangeEvent,
  UsageViewChangeEvent,
  type UsageClient,
} from '@usage-kit/widgets';
import type { ComponentType, ReactElement } from 'react';
import * as router7 from 'react-router';
import * as router6 from 'react-router-dom-v6';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageProvider, usageRoutes, type UsageUrl } from './index.js';

const waitingClient = new Proxy({} as UsageClient, {
  get: () => () => new Promise(() => undefined),
});

/** What the test needs of a router; both versions have it, with different types. */
interface Router {
  createMemoryRouter(
    routes: { element: ReactElement; children: ReturnType<typeof usageRoutes> }[],
    options: { initialEntries: string[] },
  ): MemoryRouter;
  RouterProvider: ComponentType<{ router: MemoryRouter }>;
  Outlet: ComponentType;
  useNavigate: () => (path: string) => unknown;
  useParams: () => Readonly<Record<string, string | undefined>>;
  useSearchParams: () => [URLSearchParams, UsageUrl['setParams']];
}
interface MemoryRouter {
  state: { location: { pathname: string; search: string } };
  navigate: (delta: number) => Promise<void>;
}

const versions = [
  ['react-router 7', router7 as unknown as Router],
  ['react-router-dom 6', router6 as unknown as Router],
] as const;

/** The README's layout. */
function mount(router: Router, start: string) {
  const { createMemoryRouter, RouterProvider, Outlet, useSearchParams, ...hooks } = router;
  function UsageLayout(): ReactElement {
    const [params, setParams] = useSearchParams();
    return (
      <UsageProvider client={waitingClient} url={{ params, setParams }}>
        <Outlet />
      </UsageProvider>
    );
  }
  const { useNavigate, useParams } = hooks;
  const memory = createMemoryRouter(
    [{ element: <UsageLayout />, children: usageRoutes({ useNavigate, useParams }) }],
    { initialEntries: [start] },
  );
  const { container } = render(<RouterProvider router={memory} />);
  const find = <E extends HTMLElement>(tag: string) => container.querySelector<E>(tag)!;
  const address = () => memory.state.location.pathname + memory.state.location.search;
  return { memory, find, address };
}

afterEach(cleanup);

describe.each(versions)('with %s', (_, router) => {
  it('stores choices in the address, so that the back button undoes them', async () => {
    const { memory, find, address } = mount(router, '/usage/dashboard?theirs=1');
    fireEvent(
      find('usage-range-picker'),
      new UsageRangeChangeEvent({ from: 'last-7-days', to: '' }),
    );
    await waitFor(() => expect(address()).toBe('/usage/dashboard?theirs=1&from=last-7-days'));
    fireEvent(find('usage-projects'), new UsageViewChangeEvent({ sort: '-credits' }));
    await waitFor(() => expect(address()).toContain('sort=-credits'));
    // Typed: it replaces the entry before.
    fireEvent(
      find('usage-projects'),
      new UsageViewChangeEvent({ sort: '-credits', search: 'bot' }),
    );
    await waitFor(() => expect(address()).toContain('search=bot'));
    const project = { appDid: 'acme/docs', name: 'Docs', logoUrl: null, url: null };
    fireEvent(find('usage-projects'), new UsageProjectSelectEvent(project));
    await waitFor(() => expect(address()).toBe('/usage/projects/acme%2Fdocs?from=last-7-days'));
    await waitFor(() => expect(find('usage-call-history')).toHaveProperty('appDid', 'acme/docs'));

    await act(() => memory.navigate(-1));
    expect(find('usage-projects')).toHaveProperty('viewState.search', 'bot');
    await act(() => memory.navigate(-1));
    expect(address()).toBe('/usage/dashboard?theirs=1&from=last-7-days');
    await act(() => memory.navigate(-1));
    expect(address()).toBe('/usage/dashboard?theirs=1');
  });

  it('opens a project in the range that was chosen just before, and nothing else of that page', async () => {
    const { find, address } = mount(router, '/usage/dashboard?from=last-30-days');
    fireEvent(
      find('usage-range-picker'),
      new UsageRangeChangeEvent({ from: 'last-7-days', to: '' }),
    );
    fireEvent(find('usage-projects'), new UsageViewChangeEvent({ sort: '-credits' }));
    const project = { appDid: 'acme/docs', name: 'Docs', logoUrl: null, url: null };
    fireEvent(find('usage-projects'), new UsageProjectSelectEvent(project));
    await waitFor(() => expect(address()).toBe('/usage/projects/acme%2Fdocs?from=last-7-days'));
    await waitFor(() => expect(find('usage-call-history')).toHaveProperty('appDid', 'acme/docs'));
    fireEvent(find('usage-call-history'), new UsageViewChangeEvent({ status: 'failed' }));
    await waitFor(() =>
      expect(address()).toBe('/usage/projects/acme%2Fdocs?from=last-7-days&status=failed'),
    );
  });

  it('a link shows what it names', () => {
    const { find } = mount(
      router,
      '/usage/projects/docs?from=last-7-days&status=failed&sort=-duration',
    );
    expect(find('usage-provider')).toHaveProperty('from', 'last-7-days');
    expect(find('usage-call-history')).toHaveProperty('viewState', {
      status: 'failed',
      sort: '-duration',
    });
  });
});
