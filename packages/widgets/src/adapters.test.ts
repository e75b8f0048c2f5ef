import { readFileSync } from 'node:fs';
import { createElement } from 'react';
import { renderToString as renderReact } from 'react-dom/server';
import { renderToString as renderSolid } from 'solid-js/web';
import { createSSRApp, h } from 'vue';
import { renderToString as renderVue } from 'vue/server-renderer';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useUsageQuery as useReactQuery } from './react.js';
import { useUsageQuery as useSolidQuery } from './solid.js';
import { useUsageQuery as useSvelteQuery } from './svelte.js';
import { useUsageQuery as useVueQuery } from './vue.js';

const send = vi.fn();
beforeEach(() => vi.stubGlobal('fetch', send));
afterEach(() => vi.unstubAllGlobals());

/** What each framework’s renderer for servers makes of a component that asks two questions. */
const SERVERS: Readonly<Record<string, () => Promise<string> | string>> = {
  react: () =>
    renderReact(
      createElement(() => {
        const { status } = useReactQuery('quota', {});
        return `${status} ${useReactQuery('projectStats', null).status}`;
      }),
    ),
  vue: () =>
    renderVue(
      createSSRApp({
        setup() {
          const quota = useVueQuery('quota', {});
          const stats = useVueQuery('projectStats', () => null);
          return () => h('p', `${quota.value.status} ${stats.value.status}`);
        },
      }),
    ),
  svelte: () => {
    const quota = useSvelteQuery('quota', () => ({}));
    const stats = useSvelteQuery('projectStats', () => null);
    return `${quota.current.status} ${stats.current.status}`;
  },
  solid: () =>
    renderSolid(() => {
      const quota = useSolidQuery('quota', () => ({}));
      const stats = useSolidQuery('projectStats', () => null);
      return `${quota().status} ${stats().status}`;
    }),
};

it.each(Object.keys(SERVERS))('%s renders on a server, where nothing is asked', async (name) => {
  expect(globalThis.document).toBeUndefined();
  expect(await SERVERS[name]?.()).toContain('loading idle');
  expect(send).not.toHaveBeenCalled();
});

const { exports, peerDependencies, peerDependenciesMeta } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as {
  exports: Record<string, unknown>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
};

it.each(Object.keys(SERVERS))('%s has an entry, and is installed by who uses it', (name) => {
  const peer = name === 'solid' ? 'solid-js' : name;
  expect(exports).toHaveProperty([`./${name}`]);
  expect(peerDependencies).toHaveProperty([peer]);
  expect(peerDependenciesMeta[peer]).toEqual({ optional: true });
  const source = readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8');
  const packages = [...source.matchAll(/from '([^.'][^']*)'/g)].map(([, from = '']) => from);
  expect(packages.filter((from) => !from.startsWith('@usage-kit/'))).toEqual([
    name === 'svelte' ? 'svelte/reactivity' : peer,
  ]);
});
