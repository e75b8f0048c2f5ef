import { defineConfig, type Options } from 'tsup';

const LIBRARY = {
  index: 'src/index.ts',
  'contract/index': 'src/contract/index.ts',
};
/** Parts of the root by themselves; for `require()` they are written by `scripts/write-cjs-entries.mjs`. */
const PARTS = { 'payment-kit': 'src/payment-kit.ts', recorders: 'src/recorders.ts' };
// No source maps: the code is not minified, and they were two thirds of the download.
const shared: Options = { target: 'node20' };

export default defineConfig([
  { ...shared, entry: { ...LIBRARY, ...PARTS, cli: 'src/cli.ts' }, format: ['esm'] },
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
    entry: { ...LIBRARY, ...PARTS },
    format: ['esm', 'cjs'],
    dts: {
      only: true,
      compilerOptions: { composite: false, incremental: false, ignoreDeprecations: '6.0' },
    },
  },
]);
