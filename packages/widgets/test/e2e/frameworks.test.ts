import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import type { Browser } from 'playwright-core';
import { build, type PluginOption } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { takeCases } from '../../../../scripts/test-size.mjs';
import { respondFromFixtures } from './support/api.js';
import { launch, openPage } from './support/browser.js';
import { OUTPUT, PACKAGE } from './support/paths.js';
import { serve, type TestServer } from './support/serve.js';

const FRAMEWORKS: Readonly<Record<string, () => PluginOption>> = {
  react: () => react(),
  vue: () =>
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('usage-') } } }),
  svelte: () => svelte({ configFile: false }),
  // Its templates need no compiler.
  solid: () => null,
};

/** What the README shows of each, which the page of the test renders. */
const EXAMPLES = [
  'react/credits.tsx',
  'vue/Credits.vue',
  'svelte/Credits.svelte',
  'solid/credits.ts',
];

/** The API of a page on which the models never come, so that a test sees when they are not wanted any more. */
const respondWithoutModels = (url: URL): Promise<unknown> | null =>
  url.pathname.endsWith('/models') ? new Promise(() => undefined) : respondFromFixtures(url);

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const NAMES = Object.keys(FRAMEWORKS);
describe.each(takeCases(NAMES.slice(0, 2), NAMES.slice(2)))(
  'a page built with Vite and %s',
  (name) => {
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
      server = await serve({ folder, api: respondWithoutModels });
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

    it('asks for what components render in requests that elements share, until they are unmounted', async () => {
      const { page, problems } = await openPage(browser);
      const aborted: string[] = [];
      page.on('requestfailed', (request) => aborted.push(new URL(request.url()).pathname));
      server.requests.length = 0;
      await page.goto(server.origin);
      const credits = page.locator('#credits');
      await expect.poll(() => credits.textContent()).toMatch(/8412\.56\d* credits left/);
      await expect.poll(() => page.locator('usage-quota [part="meter"]').count()).toBe(1);
      const asked = (path: string): string[] =>
        server.requests.filter((request) => request.split('?')[0] === `/api/usage/${path}`);
      expect(asked('quota')).toHaveLength(1);
      expect(asked('models')).toHaveLength(1);
      expect(aborted).toEqual([]);
      await page.locator('#range').dispatchEvent('click');
      await expect.poll(() => asked('models').length).toBe(2);
      expect(new Set(asked('models')).size).toBe(2);
      await expect.poll(() => aborted).toEqual(['/api/usage/models']);
      await page.locator('#unmount').dispatchEvent('click');
      await expect.poll(() => aborted).toEqual(['/api/usage/models', '/api/usage/models']);
      expect(await credits.count()).toBe(0);
      expect(asked('quota')).toHaveLength(1);
      expect(problems).toEqual([]);
      await page.close();
    });
  },
);

it.each(EXAMPLES)('the README shows %s as the page of the test has it', (path) => {
  const read = (file: string): string => readFileSync(join(PACKAGE, file), 'utf8').trim();
  expect(read('README.md').includes(read(`test/e2e/pages/${path}`))).toBe(true);
});
