import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'es2022',
  clean: true,
  sourcemap: true,
  dts: {
    compilerOptions: { composite: false, incremental: false, ignoreDeprecations: '6.0' },
  },
});
