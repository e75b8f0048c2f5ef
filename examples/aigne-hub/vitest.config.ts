import { defineConfig } from 'vitest/config';

// `browser` and not `node`: the server build of @lit/react never sets a property on an element.
const browser = ['usage-kit-source', 'browser', 'module', 'import', 'default'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        resolve: { conditions: ['usage-kit-source'] },
        ssr: { resolve: { conditions: ['usage-kit-source'] } },
        test: { name: 'server', include: ['test/**/*.test.ts'] },
      },
      {
        extends: true,
        resolve: { conditions: browser },
        ssr: { resolve: { conditions: browser } },
        test: {
          name: 'pages',
          environment: 'happy-dom',
          setupFiles: ['test/await-imports.ts'],
          include: ['test/**/*.test.tsx'],
          server: { deps: { inline: [/@lit/, /lit/, /@usage-kit/] } },
        },
      },
    ],
  },
});
