import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import type { Browser } from 'playwright-core';
import { build, type PluginOption } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launch, openPage } from './support/browser.js';
import { OUTPUT, PACKAGE } from './support/paths.js';
import { serve, type TestServer } from './support/serve.js';

const FRAMEWORKS: Readonly<Record<string, () => PluginOption>> = {
  react: () => react(),
  vue: () =>
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('usage-') } } }),
  svelte: () => svelte({ configFile: false }),
};

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe.each(Object.keys(FRAMEWORKS))('a page built with Vite and %s', (name) => {
  let server: TestServer;

  beforeAll(async () => {
    // Vitest's own NODE_ENV would have Vite take the development builds of the libraries.
    vi.stubEnv('NODE_ENV', 'production');
    const folder = join(OUTPUT, name);
    await build({
      configFile: false,
      logLevel: 'error',
      root: join(PACKAGE, 'test/e2e/pages', name),
      plugins: [FRAMEWORKS[name]?.()],
      // What npm would have installed.
      resolve: { alias: { '@usage-kit/widgets': join(OUTPUT, 'package') } },
      build: { outDir: folder, emptyOutDir: true },
    });
    server = await serve({ folder });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });

  it('shows elements, sets their properties and attributes, and receives their events', async () => {
    const { page, problems } = await openPage(browser);
    await page.goto(server.origin);
    const inside = (tag: string): Promise<string> =>
      page.locator(tag).evaluate((element) => element.shadowRoot?.textContent ?? '');
    await expect.poll(() => inside('usage-quota')).toContain('8,412.56');
    await expect.poll(() => inside('usage-projects')).toContain('Customer support assistant');
    expect(await page.locator('usage-projects [part="row"]').count()).toBe(5);
    expect(await page.locator('usage-quota [part="title"]').getAttribute('aria-level')).toBe('3');
    await page.locator('usage-projects [part="project-link"]').first().click();
    await expect.poll(() => page.locator('output').textContent()).toMatch(/^zNKqX7D8/);
    expect(server.tokens).toEqual(new Set(['Bearer token-of-the-page']));
    expect(problems).toEqual([]);
    await page.close();
  });
});
