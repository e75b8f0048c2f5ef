import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { IS_LONG } from '../../scripts/test-size.mjs';

// `browser` and not `node`: the server build of @lit/react never sets a property on an element.
const conditions = ['usage-kit-source', 'browser', 'module', 'import', 'default'];

const MUI_7: TestProjectInlineConfiguration = {
  extends: true,
  test: { name: 'MUI 7', include: ['src/**/*.test.{ts,tsx}'], env: { MUI_MAJOR: '7' } },
};
/** What touches MUI, once more on the other version that is supported. */
const MUI_9: TestProjectInlineConfiguration = {
  extends: true,
  resolve: { alias: [{ find: /^@mui\/material/, replacement: 'mui-v9' }] },
  test: { name: 'MUI 9', include: ['src/{pages,theme}/*.test.tsx'], env: { MUI_MAJOR: '9' } },
};

export default defineConfig({
  plugins: [react()],
  resolve: {
    conditions,
    // Not installed, see docs/adr/0060-top-up-by-render-prop.md.
    alias: {
      '@blocklet/payment-react': fileURLToPath(
        new URL('src/test-support/payment-react.tsx', import.meta.url),
      ),
    },
  },
  ssr: { resolve: { conditions } },
  test: {
    environment: 'happy-dom',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    setupFiles: ['await-imports', 'no-warnings', 'wait-long'].map(
      (name) => `src/test-support/${name}.ts`,
    ),
    server: { deps: { inline: [/@lit/, /lit/, /@usage-kit/] } },
    // `npm test` has no time for the other.
    projects: [IS_LONG ? MUI_9 : MUI_7],
  },
});
