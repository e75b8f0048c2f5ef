import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const outDir = 'dist/client';

/** Writes a compressed copy next to every file, at the highest level; the server sends the copy. */
const compressed: Plugin = {
  name: 'compressed',
  closeBundle() {
    const directory = join(import.meta.dirname, outDir, 'assets');
    for (const name of readdirSync(directory).filter((file) => /\.(js|css)$/.test(file))) {
      const path = join(directory, name);
      const content = readFileSync(path);
      writeFileSync(`${path}.br`, brotliCompressSync(content));
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    }
  },
};

export default defineConfig({
  plugins: [compressed],
  // Workspace packages by their sources: one build makes everything the pages need.
  resolve: { conditions: ['usage-kit-source', 'browser', 'module', 'import', 'default'] },
  build: {
    outDir,
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
