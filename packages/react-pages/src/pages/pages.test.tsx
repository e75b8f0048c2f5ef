import { createTheme, ThemeProvider } from '@mui/material/styles';
import { cleanup, fireEvent, render } from '@testing-library/react';
import {
  UsageErrorEvent,
  UsageEvidenceSelectEvent,
  UsageProjectSelectEvent,
  UsageRangeChangeEvent,
  UsageRequestError,
  UsageTopUpEvent,
  UsageViewChangeEvent,
  type UsageClient,
  type UsageViewState,
} from '@usage-kit/widgets';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  DashboardPage,
  ProjectDetailPage,
  UsageProvider,
  usageRoutes,
  type UsageUrl,
  type UsageUrlOptions,
} from '../index.js';

/** A client whose answers never come: these tests are about the pages, not about the elements. */
const waitingClient = new Proxy({} as UsageClient, {
  get: () => () => new Promise(() => undefined),
});

const project = { appDid: 'acme/docs', name: 'Docs', logoUrl: null, url: null };
const listTags = (root: Element) =>
  [...root.querySelectorAll('*')]
    .map((element) => element.localName)
    .filter((name) => name.startsWith('usage-'));

afterEach(cleanup);

describe('DashboardPage', () => {
  it('has its elements in order', () => {
    const { container } = render(
      <UsageProvider client={waitingClient}>
        <DashboardPage />
      </UsageProvider>,
    );
    expect(listTags(container)).toEqual([
      'usage-provider',
      'usage-range-picker',
      'usage-quota',
      'usage-overview',
      'usage-trends',
      'usage-activity',
      'usage-projects',
      'usage-quota-details',
      'usage-budget',
      'usage-alerts',
      'usage-advice',
    ]);
  });

  it.each([403, 404])('leaves out what the host’s server answers with %i', (status) => {
    const { container } = render(
      <UsageProvider client={waitingClient}>
        <DashboardPage />
      </UsageProvider>,
    );
    const fail = (tag: string, answer: number) => {
      const init = { code: `HTTP_${answer}`, status: answer, retryable: false } as const;
      const event = new UsageErrorEvent(new UsageRequestError('No.', init));
      fireEvent(container.querySelector(tag)!, event);
    };
    fail('usage-alerts', 500);
    fail('usage-budget', status);
    expect(listTags(container)).toContain('usage-alerts');
    expect(listTags(container)).not.toContain('usage-budget');
    fail('usage-alerts', status);
    expect(listTags(container)).not.toContain('usage-alerts');
    fail('usage-activity', status);
    expect(listTags(container)).not.toContain('usage-activity');
    fail('usage-advice', status);
    expect(listTags(container).at(-1)).toBe('usage-quota-details');
  });

  it('hands an opened project to the host’s router, and stops the element from following a link', () => {
    const onProjectSelect = vi.fn();
    const { container } = render(
      <UsageProvider client={waitingClient}>
        <DashboardPage onProjectSelect={onProjectSelect} />
      </UsageProvider>,
    );
    const event = new UsageProjectSelectEvent(project);
    fireEvent(container.querySelector('usage-projects')!, event);
    expect(onProjectSelect).toHaveBeenCalledExactlyOnceWith('acme/docs');
    expect(event.defaultPrevented).toBe(true);
  });

  it('leaves the top-up to the provider’s link unless the host has a dialog', () => {
    const onTopUp = vi.fn();
    const topUp = (page: React.ReactElement) => {
      const { container } = render(<UsageProvider client={waitingClient}>{page}</UsageProvider>);
      const event = new UsageTopUpEvent('https://example.com');
      fireEvent(container.querySelector('usage-quota')!, event);
      cleanup();
      return event.defaultPrevented;
    };
    expect(topUp(<DashboardPage />)).toBe(false);
    expect(topUp(<DashboardPage onTopUp={onTopUp} />)).toBe(true);
    expect(onTopUp).toHaveBeenCalledOnce();
  });

  it.each([
    [<DashboardPage />, false, undefined],
    [<DashboardPage onTopUp={() => undefined} />, true, undefined],
    [<DashboardPage renderTopUp={() => null} />, true, undefined],
    [<DashboardPage topUpUrl="/top-up" />, false, '/top-up'],
  ])('tells the quota what the host has for a top-up', (page, topUpDialog, topUpUrl) => {
    const { container } = render(<UsageProvider client={waitingClient}>{page}</UsageProvider>);
    const quota = container.querySelector('usage-quota');
    expect(quota).toMatchObject({ topUpDialog });
    expect((quota as { topUpUrl?: string } | null)?.topUpUrl).toBe(topUpUrl);
  });
});

describe('ProjectDetailPage', () => {
  it('gives the project to each of its elements as a property', () => {
    const { container } = render(
      <UsageProvider client={waitingClient}>
        <ProjectDetailPage appDid="acme/docs" />
      </UsageProvider>,
    );
    const elements = container.querySelectorAll<HTMLElement & { appDid: string }>(
      [
        'usage-project-stats, usage-project-trends, usage-project-models',
        'usage-project-latency, usage-project-failures, usage-call-history',
      ].join(),
    );
    expect([...elements].map((element) => element.appDid)).toEqual(Array(6).fill('acme/docs'));
  });

  it('shows the failed calls of a reason in the call history', () => {
    const { container } = render(
      <UsageProvider client={waitingClient}>
        <ProjectDetailPage appDid="acme/docs" />
      </UsageProvider>,
    );
    const history = container.querySelector<HTMLElement & { viewState: object }>(
      'usage-call-history',
    )!;
    Element.prototype.scrollIntoView = vi.fn();
    const evidence = {
      ...({ appDid: 'acme/docs', model: 'gpt-4o', status: 'failed', type: null } as const),
      ...{ from: '2026-11-01T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z', calls: 3 },
    };
    const event = new UsageEvidenceSelectEvent(evidence, 'model=gpt-4o&status=failed');
    fireEvent(container.querySelector('usage-project-failures')!, event);
    expect(event.defaultPrevented).toBe(true);
    expect(history.viewState).toEqual({ model: 'gpt-4o', status: 'failed' });
  });
});

it('the filters of the calls are stored in the page where there is no URL', () => {
  const { container } = render(
    <UsageProvider client={waitingClient}>
      <ProjectDetailPage appDid="acme/docs" />
    </UsageProvider>,
  );
  const history = container.querySelector<HTMLElement & { viewState: UsageViewState }>(
    'usage-call-history',
  )!;
  fireEvent(history, new UsageViewChangeEvent({ model: 'gpt-4o%2Cmini,sonnet', search: '0199' }));
  expect(history.viewState).toMatchObject({ model: 'gpt-4o%2Cmini,sonnet', search: '0199' });
  fireEvent(history, new UsageViewChangeEvent({ sort: '-duration' }));
  expect(history.viewState).toMatchObject({ sort: '-duration' });
  expect(history.viewState['model']).toBeFalsy();
  expect(history.viewState['search']).toBeFalsy();
});

it('a choice in one element does not take back that in another, however late the router renders', async () => {
  const set: string[] = [];
  const options: (UsageUrlOptions | undefined)[] = [];
  const late = (params: URLSearchParams): React.ReactElement => (
    <UsageProvider
      client={waitingClient}
      url={{
        params,
        setParams: (next, how) => {
          set.push(next.toString());
          options.push(how);
        },
      }}
    >
      <DashboardPage />
    </UsageProvider>
  );
  const { container, rerender } = render(late(new URLSearchParams('theirs=1')));
  const choose = (tag: string, state: UsageViewState): void => {
    fireEvent(container.querySelector(tag)!, new UsageViewChangeEvent(state));
  };
  choose('usage-trends', { metric: 'credits' });
  choose('usage-projects', { sort: '-calls' });
  const range = { from: 'last-7-days', to: '' };
  fireEvent(container.querySelector('usage-provider')!, new UsageRangeChangeEvent(range));
  // Choices of one frame are one step back.
  await expect.poll(() => set).toEqual(['theirs=1&metric=credits&sort=-calls&from=last-7-days']);
  expect(options).toEqual([{ replace: false, preventScrollReset: true }]);
  // The last address counts, also when the host wrote it.
  rerender(late(new URLSearchParams('theirs=2')));
  choose('usage-trends', { metric: 'tokens' });
  await expect.poll(() => set.at(-1)).toBe('theirs=2&metric=tokens');
});

it('a choice is added to what the router received, while it renders what it received before', async () => {
  const set: string[] = [];
  const late = (params: string): React.ReactElement => (
    <UsageProvider
      client={waitingClient}
      url={{
        params: new URLSearchParams(params),
        setParams: (next) => set.push(next.toString()),
      }}
    >
      <DashboardPage />
    </UsageProvider>
  );
  const { container, rerender } = render(late(''));
  const choose = (tag: string, state: UsageViewState): void => {
    fireEvent(container.querySelector(tag)!, new UsageViewChangeEvent(state));
  };
  choose('usage-trends', { metric: 'credits' });
  await expect.poll(() => set).toEqual(['metric=credits']);
  choose('usage-projects', { sort: '-calls' });
  await expect.poll(() => set.at(-1)).toBe('metric=credits&sort=-calls');
  rerender(late('metric=credits'));
  choose('usage-projects', { sort: '-calls', search: 'bot' });
  await expect.poll(() => set.at(-1)).toMatch(/^metric=credits&sort=-calls&.*=bot$/);
  rerender(late('metric=credits&sort=-calls'));
  // A step back is the host's.
  rerender(late('metric=credits'));
  choose('usage-trends', { metric: 'tokens' });
  await expect.poll(() => set.at(-1)).toBe('metric=tokens');
});

it('a page that is left changes the address no more', async () => {
  const set: string[] = [];
  const url: UsageUrl = {
    params: new URLSearchParams(),
    setParams: (next) => set.push(next.toString()),
  };
  const { container, unmount } = render(
    <UsageProvider client={waitingClient} url={url}>
      <DashboardPage />
    </UsageProvider>,
  );
  const state = { metric: 'credits' };
  fireEvent(container.querySelector('usage-trends')!, new UsageViewChangeEvent(state));
  unmount();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(set).toEqual([]);
});

describe('UsageProvider', () => {
  it('sets the elements’ settings and brings the theme’s colors along', () => {
    const theme = createTheme({ palette: { mode: 'dark', primary: { main: '#ff8800' } } });
    const { container } = render(
      <ThemeProvider theme={theme}>
        <UsageProvider baseUrl="/x" locale="zh" range={{ from: 'last-7-days', to: '' }}>
          <p>content</p>
        </UsageProvider>
      </ThemeProvider>,
    );
    const provider = container.querySelector('usage-provider')!;
    expect(provider).toMatchObject({ baseUrl: '/x', locale: 'zh', from: 'last-7-days' });
    const styles = getComputedStyle(provider.parentElement!);
    expect(styles.getPropertyValue('--usage-color-accent')).toBe('#ff8800');
    expect(styles.getPropertyValue('color-scheme')).toBe('dark');
  });
});

describe('usageRoutes', () => {
  it('fits a router by its hooks', () => {
    const navigate = vi.fn();
    const routes = usageRoutes({
      useParams: () => ({ appDid: 'acme/docs' }),
      useNavigate: () => navigate,
    });
    expect(routes.map(({ path }) => path)).toEqual(['/usage/dashboard', '/usage/projects/:appDid']);
    const [Dashboard, Project] = routes.map(({ Component }) => Component);
    const { container } = render(
      <UsageProvider client={waitingClient}>{Dashboard && <Dashboard />}</UsageProvider>,
    );
    fireEvent(container.querySelector('usage-projects')!, new UsageProjectSelectEvent(project));
    expect(navigate).toHaveBeenCalledWith('/usage/projects/acme%2Fdocs');
    const page = render(
      <UsageProvider client={waitingClient}>{Project && <Project />}</UsageProvider>,
    );
    expect(page.container.querySelector('usage-call-history')).toHaveProperty(
      'appDid',
      'acme/docs',
    );
  });
});
