import { defineConfig } from 'vite';

export default defineConfig({
  // Workspace packages by their sources: one build makes everything the pages need.
  resolve: { conditions: ['source', 'browser', 'module', 'import', 'default'] },
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // The content policy allows no inline file but images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The plain HTML pages, and the React app.
    rolldownOptions: { input: ['src/client/main.ts', 'src/client/app-main.tsx'] },
  },
});
