import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `browser` and not `node`: the server build of @lit/react never sets a property on an element.
const conditions = ['source', 'browser', 'module', 'import', 'default'];

export default defineConfig({
  plugins: [react()],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    environment: 'happy-dom',
    // Not installed, see docs/adr/0060-top-up-by-render-prop.md.
    alias: {
      '@blocklet/payment-react': new URL('src/test-support/payment-react.tsx', import.meta.url)
        .pathname,
    },
    include: ['src/**/*.test.{ts,tsx}'],
    server: { deps: { inline: [/@lit/, /lit/, /@usage-kit/] } },
  },
});
