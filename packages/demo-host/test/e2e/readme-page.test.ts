import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Koa from 'koa';
import send from 'koa-send';
import { createUsage, staticQuota, type Usage } from '@usage-kit/server-sdk';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from 'vite';
import { CHROMIUM_ARGS, findBrowser } from '../../../../scripts/find-browser.mjs';

const widgets = (path: string): string =>
  fileURLToPath(new URL(`../../../widgets/${path}`, import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'usage-kit-readme-'));
const NOW_MS = Date.now();
let usage: Usage;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  // What `dist/usage-kit.js` is made of, without waiting for the package's whole build.
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['usage-kit-source', 'browser', 'module', 'import', 'default'] },
    build: {
      outDir: directory,
      lib: { entry: widgets('src/define.ts'), formats: ['es'], fileName: 'usage-kit' },
    },
  });
  usage = createUsage({
    database: 'sqlite::memory:',
    authenticate: () => ({ userDid: 'reader' }),
    quota: staticQuota({
      entries: [{ id: 'g', kind: 'grant', amount: '100', occurredAt: NOW_MS - 86_400_000 }],
    }),
    rollup: false,
  });
  await usage.migrate();
  await usage.calls.record({
    userDid: 'reader',
    appDid: 'the-project',
    model: 'm',
    status: 'success',
    startedAt: NOW_MS - 60_000,
    credits: '12.5',
  });
  const page = /```html\n(<!doctype html>.*?)```/s.exec(
    readFileSync(widgets('README.md'), 'utf8'),
  )?.[1];
  const app = new Koa();
  app.use(usage.router().routes());
  app.use(async (context) => {
    if (context.path.startsWith('/assets/')) {
      await send(context, context.path.replace('/assets', ''), { root: directory });
    } else {
      context.type = 'html';
      context.body = page ?? 'The README has no page';
    }
  });
  server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({ executablePath: await findBrowser(), args: CHROMIUM_ARGS });
});

afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await usage.stop();
  rmSync(directory, { recursive: true, force: true });
});

it('the page of the widgets’ README works as it stands', async () => {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'log') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page`);
  const readText = (selector: string): Promise<string> =>
    page.locator(selector).evaluate((element) => element.shadowRoot?.textContent ?? '');
  await expect.poll(() => readText('usage-quota')).toContain('87.5');
  await expect.poll(() => readText('usage-projects')).toContain('the-project');
  await expect.poll(() => readText('usage-trends')).toContain('Calls');
  expect(problems.filter((problem) => !problem.includes('favicon'))).toEqual([]);
});
