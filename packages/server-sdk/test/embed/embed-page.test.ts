import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
// The same browser as every other test of the repository.
import { CHROMIUM_ARGS, findBrowser } from '../../../../scripts/find-browser.mjs';
import { staticQuota, type Usage } from '../../src/index.js';
import { NOW_MS, createTestUsage, type TestUsage } from '../helpers/create-test-usage.js';
import { KEY } from '../helpers/embed-fixture.js';

/**
 * A page of another origin embeds one element by one script tag and a token, as the README shows it, under the policy that
 * the README lists. Two real origins: the API at 127.0.0.1, the page at localhost.
 */
const EXAMPLE = new URL('../../examples/embed-page/', import.meta.url);
const WIDGETS = fileURLToPath(new URL('../../../widgets/src/define.ts', import.meta.url));

let browser: Browser;
let host: TestUsage;
let api: Server;
let pages: Server;
let strangers: Server;
let apiUrl: string;
/** What the API was asked. */
let asked: { url: string; headers: IncomingHttpHeaders; status: number }[] = [];
let tokens: string[] = [];
let givesTokens = true;

function listen(server: Server, name: string): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://${name}:${(server.address() as AddressInfo).port}`);
    });
  });
}

/** The page's server: three files, and the token of the user who is signed in there. */
function pageServer(script: string, usageOf: () => Usage): Server {
  const listener: RequestListener = (request, response) => {
    const policy = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${new URL(apiUrl).origin}; base-uri 'none'; form-action 'none'`;
    response.setHeader('Content-Security-Policy', policy);
    const file = (name: string): string => readFileSync(new URL(name, EXAMPLE), 'utf8');
    if (request.url === '/usage-token') {
      if (!givesTokens) {
        response.writeHead(403).end();
        return;
      }
      void usageOf()
        .createEmbedToken({ userDid: 'alice', projects: '*', scopes: ['quota:read'] })
        .then((token) => {
          tokens.push(token);
          response.end(token);
        });
    } else if (request.url === '/usage-kit.js' || request.url === '/page.js') {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(request.url === '/page.js' ? file('page.js') : script);
    } else {
      response.setHeader('Content-Type', 'text/html');
      response.end(file('index.html').replace('{{api}}', `${apiUrl}/api/usage`));
    }
  };
  return createServer(listener);
}

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [WIDGETS],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['usage-kit-source'],
    write: false,
  });
  const script = bundle.outputFiles[0]?.text ?? '';
  let usage: Usage | null = null;
  const usageOf = (): Usage => {
    if (!usage) throw new Error('Not yet');
    return usage;
  };
  apiUrl = 'http://127.0.0.1';
  pages = pageServer(script, usageOf);
  strangers = pageServer(script, usageOf);
  const pageUrl = await listen(pages, 'localhost');
  await listen(strangers, 'localhost');
  host = await createTestUsage({
    embed: { keys: [KEY], origins: [pageUrl] },
    // This cookie is of another user; it must never count here.
    authenticate: ({ headers }) =>
      headers.cookie?.includes('session=') ? { userDid: 'bob' } : null,
    quota: staticQuota({
      entries: (user) => [
        {
          id: 'g',
          kind: 'grant',
          amount: user === 'alice' ? '1234' : '98765',
          occurredAt: NOW_MS - 86_400_000,
        },
      ],
    }),
  });
  ({ usage } = host);
  const callback = usage.callback();
  api = createServer((request, response) => {
    response.on('finish', () => {
      const { url = '', headers, method } = request;
      if (method !== 'OPTIONS') asked.push({ url, headers, status: response.statusCode });
    });
    callback(request, response);
  });
  apiUrl = await listen(api, '127.0.0.1');
  browser = await chromium.launch({ executablePath: await findBrowser(), args: CHROMIUM_ARGS });
}, 120_000);

afterAll(async () => {
  await browser.close();
  for (const server of [api, pages, strangers]) {
    server.closeAllConnections();
    server.close();
  }
  await host.close();
});

beforeEach(() => {
  asked = [];
  tokens = [];
  givesTokens = true;
  host.clock.nowMs = NOW_MS;
});

/** Runs in the page, before anything of it: notes what the element tells and what the policy refuses. */
const WATCH = `
  const seen = { loads: [], errors: [], violations: [], signedOut: 0 };
  window.seen = seen;
  document.addEventListener('securitypolicyviolation', (event) =>
    seen.violations.push(event.violatedDirective + ' ' + event.blockedURI));
  document.addEventListener('usage-load', (event) => seen.loads.push(event.detail.data));
  document.addEventListener('usage-error', (event) => seen.errors.push(event.detail.error.code));
  document.addEventListener('usage-auth-required', () => (seen.signedOut += 1));`;

interface Seen {
  loads: { remaining: string }[];
  errors: string[];
  violations: string[];
  signedOut: number;
}

async function open(
  server: Server,
): Promise<{ page: Page; seen: () => Promise<Seen>; close: () => Promise<void> }> {
  const context = await browser.newContext();
  await context.addCookies([{ name: 'session', value: 'bob', url: apiUrl }]);
  const page = await context.newPage();
  await page.clock.install({ time: NOW_MS });
  await page.addInitScript(WATCH);
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  const seen = (): Promise<Seen> => page.evaluate<Seen>('window.seen');
  return { page, seen, close: () => context.close() };
}

/** Until the next poll of the quota, 60 s. */
async function poll(page: Page, count: number): Promise<void> {
  await page.clock.fastForward('01:10');
  await expect.poll(() => asked.length).toBeGreaterThanOrEqual(count);
}

test('shows the user of its token, with nothing beyond the policy, no cookie and no token in a URL', async () => {
  const { page, seen, close } = await open(pages);
  await expect.poll(async () => (await seen()).loads.length).toBe(1);
  expect((await seen()).loads[0]).toMatchObject({ remaining: '1234' });
  await expect.poll(() => page.getByText('1,234').count()).toBeGreaterThan(0);
  const storage = await page.evaluate<string>(
    'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML])',
  );
  expect(storage).not.toContain('eyJ');
  for (const { url, headers } of asked) {
    expect([headers.cookie, headers.authorization?.startsWith('Bearer eyJ')]).toEqual([
      undefined,
      true,
    ]);
    expect(url + (headers.referer ?? '')).not.toContain('eyJ');
  }
  expect((await seen()).violations).toEqual([]);
  await close();
}, 60_000);

test('replaces the token before it expires, and after it was refused', async () => {
  const { page, seen, close } = await open(pages);
  await expect.poll(() => asked.length).toBe(1);
  // Nine minutes of ten, by the browser's clock alone.
  await page.clock.fastForward('09:00');
  await expect.poll(() => tokens.length).toBe(2);
  await expect.poll(() => asked.length).toBeGreaterThanOrEqual(2);
  expect(asked.map(({ status }) => status)).not.toContain(401);
  expect(asked.at(-1)?.headers.authorization).toBe(`Bearer ${tokens[1]}`);
  // The server's clock is ahead of the browser's: what it refuses is replaced immediately, and the reader sees nothing of it.
  host.clock.nowMs += 11 * 60_000;
  const before = asked.length;
  await poll(page, before + 2);
  expect(asked.slice(before).map(({ status }) => status)).toContain(401);
  expect(tokens).toHaveLength(3);
  expect([200, 304]).toContain(asked.at(-1)?.status);
  expect(await seen()).toMatchObject({ errors: [], violations: [], signedOut: 0 });
  await close();
}, 60_000);

test('after a revocation it says that no user is signed in, and sends no more requests', async () => {
  const { page, seen, close } = await open(pages);
  await expect.poll(() => asked.length).toBe(1);
  givesTokens = false;
  await host.usage.revokeEmbedTokens('alice');
  await poll(page, 2);
  await expect.poll(async () => (await seen()).signedOut).toBe(1);
  await expect.poll(() => page.getByText(/signed out/i).count()).toBeGreaterThan(0);
  const count = asked.length;
  await page.clock.fastForward('30:00');
  expect(asked.length).toBe(count);
  expect((await seen()).violations).toEqual([]);
  await close();
}, 60_000);

test('a page that the host does not list reads nothing', async () => {
  const { page, seen, close } = await open(strangers);
  await expect.poll(async () => (await seen()).errors.length).toBeGreaterThan(0);
  expect((await seen()).loads).toEqual([]);
  expect(await page.getByText(/1,234|98,765/).count()).toBe(0);
  await close();
}, 60_000);
