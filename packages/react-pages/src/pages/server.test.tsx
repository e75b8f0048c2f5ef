import { createTheme, ThemeProvider } from '@mui/material/styles';
import type { UsageClient } from '@usage-kit/widgets';
import { act, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { DashboardPage, ProjectDetailPage, UsageProvider } from '../index.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

const pages = [
  ['the dashboard', <DashboardPage key="d" />, 'usage-overview'],
  ['a project', <ProjectDetailPage key="p" appDid="acme/docs" />, 'usage-call-history'],
] as const;

afterEach(() => vi.restoreAllMocks());

it.each(pages)(
  '%s renders on a server and is taken over without a warning',
  async (_, page, tag) => {
    const requests: string[] = [];
    const client = new Proxy({} as UsageClient, {
      get: (_target, name) => () => {
        requests.push(String(name));
        return new Promise(() => undefined);
      },
    });
    const fetched = vi.spyOn(globalThis, 'fetch');
    const errors = vi.spyOn(console, 'error');
    const warnings = vi.spyOn(console, 'warn');
    const app = (
      <StrictMode>
        <ThemeProvider theme={createTheme({ cssVariables: true })}>
          <UsageProvider client={client} locale="zh">
            {page}
          </UsageProvider>
        </ThemeProvider>
      </StrictMode>
    );
    const container = document.createElement('div');
    container.innerHTML = renderToString(app);
    document.body.append(container);
    // An element in the server's document would send its request before React has set it up.
    expect(container.querySelector(tag)).toBeNull();
    expect(container.querySelector(`[data-usage-placeholder=${tag}]`)).not.toBeNull();

    const recovered = vi.fn();
    const root = await act(async () =>
      hydrateRoot(container, app, { onRecoverableError: recovered }),
    );
    expect(container.querySelector(tag)).toHaveProperty('client', undefined);
    await vi.waitFor(() => expect(requests.length).toBeGreaterThan(0), { timeout: 30_000 });
    expect(new Set(requests).size).toBe(requests.length);
    expect(fetched).not.toHaveBeenCalled();
    expect(recovered).not.toHaveBeenCalled();
    expect(errors.mock.calls).toEqual([]);
    expect(warnings.mock.calls).toEqual([]);
    await act(async () => root.unmount());
    container.remove();
  },
);
