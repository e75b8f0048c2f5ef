import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', 'contract/index': 'src/contract/index.ts', cli: 'src/cli.ts' },
  format: ['esm'],
  target: 'node20',
  clean: true,
  sourcemap: true,
  dts: {
    entry: { index: 'src/index.ts', 'contract/index': 'src/contract/index.ts' },
    compilerOptions: { composite: false, incremental: false, ignoreDeprecations: '6.0' },
  },
});
