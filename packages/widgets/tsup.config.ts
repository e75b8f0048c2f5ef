import { existsSync, readdirSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

const shared: Options = {
  format: ['esm'],
  target: 'es2022',
  sourcemap: true,
  outDir: 'dist',
  esbuildOptions: (options) => {
    options.conditions = ['source'];
  },
};

/** Every folder with a define module is an entry: an added element needs no change here. */
const tags = readdirSync('src/elements').filter((tag) =>
  existsSync(`src/elements/${tag}/${tag}.define.ts`),
);

export default defineConfig([
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      define: 'src/define.ts',
      ...Object.fromEntries(
        tags.map((tag) => [`elements/${tag}`, `src/elements/${tag}/${tag}.define.ts`]),
      ),
    },
    splitting: true,
    // The contract is types only here; inlined, so that a browser project needs no server package to compile.
    dts: {
      compilerOptions: {
        composite: false,
        incremental: false,
        ignoreDeprecations: '6.0',
        // By path, not by package name: a package's types would stay an import.
        paths: { '@usage-kit/server-sdk/contract': ['../server-sdk/src/contract/index.ts'] },
      },
    },
  },
  {
    ...shared,
    // One file for a script tag: everything inside, charts in a chunk beside it that loads when one is in view.
    entry: { 'usage-kit': 'src/define.ts' },
    splitting: true,
    minify: true,
    noExternal: [/.*/],
    env: { NODE_ENV: 'production' },
  },
]);
