import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import starlight from '@astrojs/starlight';
import { defineConfig, passthroughImageService } from 'astro/config';
import { createSidebar } from './site-map.mjs';

const docs = fileURLToPath(new URL('src/content/docs', import.meta.url));
const present = new Set(
  readdirSync(docs, { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.mdx?$/.test(file) && !file.startsWith('zh/'))
    .map((file) => file.replace(/(\/?index)?\.mdx?$/, '')),
);

export default defineConfig({
  // Where the site will be, for a map of it and absolute addresses; neither is needed to read it.
  ...(process.env.USAGE_DOCS_SITE && { site: process.env.USAGE_DOCS_SITE }),
  build: { format: 'directory' },
  devToolbar: { enabled: false },
  // No picture is made smaller here, so that nothing has to be compiled or fetched for it.
  image: { service: passthroughImageService() },
  vite: {
    // The repository has another major version at its root, which what is built would find.
    ssr: { noExternal: ['js-yaml'] },
    resolve: {
      alias: { '@site': fileURLToPath(new URL('src/components', import.meta.url)) },
    },
  },
  integrations: [
    starlight({
      title: 'Usage Kit',
      description: 'Usage analytics that any product built on AI models can embed.',
      logo: { src: './src/logo.svg', alt: '' },
      favicon: '/favicon.svg',
      defaultLocale: 'root',
      locales: {
        root: { label: 'English', lang: 'en' },
        zh: { label: '简体中文', lang: 'zh-CN' },
      },
      sidebar: createSidebar(present),
      customCss: ['./src/styles/site.css'],
      components: { Head: './src/components/Head.astro' },
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
      expressiveCode: {
        themes: ['github-dark-default', 'github-light-default'],
        // A line is read without scrolling sideways, on a phone too.
        defaultProps: { wrap: true },
        styleOverrides: {
          borderRadius: '0.5rem',
          borderColor: 'var(--sl-color-hairline)',
          codeFontSize: '0.8125rem',
          codeLineHeight: '1.6',
          codeBackground: 'var(--site-sunken)',
          frames: {
            frameBoxShadowCssValue: 'none',
            editorTabBarBackground: 'var(--site-sunken)',
            editorActiveTabBackground: 'var(--site-sunken)',
            editorActiveTabIndicatorTopColor: 'transparent',
            editorActiveTabIndicatorBottomColor: 'var(--sl-color-accent)',
            editorTabBarBorderBottomColor: 'var(--sl-color-hairline)',
            terminalBackground: 'var(--site-sunken)',
            terminalTitlebarBackground: 'var(--site-sunken)',
            terminalTitlebarBorderBottomColor: 'var(--sl-color-hairline)',
          },
        },
      },
      credits: false,
      pagefind: true,
    }),
  ],
});
