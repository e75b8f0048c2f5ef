import { defineConfig, type Options } from 'tsup';

const LIBRARY = { index: 'src/index.ts', 'contract/index': 'src/contract/index.ts' };
const shared: Options = { target: 'node20', sourcemap: true };

export default defineConfig([
  { ...shared, entry: { ...LIBRARY, cli: 'src/cli.ts' }, format: ['esm'] },
  {
    ...shared,
    entry: LIBRARY,
    format: ['cjs'],
    // `import.meta.url` is not there.
    shims: true,
    // These have modules only, which `require()` of an older Node, or of a test runner, does not load.
    noExternal: ['jose', 'temporal-polyfill', 'hucre'],
  },
  {
    entry: LIBRARY,
    format: ['esm', 'cjs'],
    dts: {
      only: true,
      compilerOptions: { composite: false, incremental: false, ignoreDeprecations: '6.0' },
    },
  },
]);
