import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';
import { guardLit } from './guard-lit.js';
import { minifyTemplates } from './minify-templates.js';

const shared: Options = {
  target: 'es2022',
  sourcemap: true,
  esbuildPlugins: [minifyTemplates()],
  esbuildOptions: (options) => {
    options.conditions = ['usage-kit-source'];
  },
};

/** Every folder with a define module is an entry: an added element needs no change here. */
const tags = readdirSync('src/elements').filter((tag) =>
  existsSync(`src/elements/${tag}/define.ts`),
);

/** Modules whose declarations have content. */
const TYPED = {
  index: 'src/index.ts',
  jsx: 'src/jsx.ts',
  react: 'src/react.ts',
  solid: 'src/solid.ts',
  svelte: 'src/svelte.ts',
  vue: 'src/vue.ts',
};

/**
 * Declarations of the modules that only register elements. They export nothing, and to compile them, each with all that it
 * imports, takes more memory than Node gives a worker.
 */
function writeEmptyDeclarations(outDir: string): void {
  mkdirSync(`${outDir}/elements`, { recursive: true });
  for (const name of ['define', ...tags.map((tag) => `elements/${tag}`)]) {
    writeFileSync(`${outDir}/${name}.d.ts`, 'export {};\n');
  }
}

/** The integrity hash of the one-file build: with it in its script tag, the browser runs no other file. */
function printIntegrity(outDir: string): void {
  const hash = createHash('sha384')
    .update(readFileSync(`${outDir}/usage-kit.js`))
    .digest('base64');
  const integrity = { 'usage-kit.js': `sha384-${hash}` };
  writeFileSync(`${outDir}/integrity.json`, `${JSON.stringify(integrity, null, 2)}\n`);
  console.log(`usage-kit.js integrity="sha384-${hash}"`);
}

/** The modules and the one-file build of the package, into a folder. */
export const packageBuilds = (outDir: string): Options[] => [
  {
    ...shared,
    outDir,
    format: ['esm'],
    entry: {
      ...TYPED,
      define: 'src/define.ts',
      ...Object.fromEntries(
        tags.map((tag) => [`elements/${tag}`, `src/elements/${tag}/define.ts`]),
      ),
    },
    splitting: true,
    esbuildOptions: (options) => {
      options.conditions = ['usage-kit-source'];
      options.charset = 'utf8';
      // `src` is published, and the maps name its files.
      options.sourcesContent = false;
    },
    // The contract is types only here; inlined, so that a browser project needs no server package to compile.
    dts: {
      entry: TYPED,
      compilerOptions: {
        composite: false,
        incremental: false,
        ignoreDeprecations: '6.0',
        // By path, not by package name: a package's types would stay an import.
        paths: { '@usage-kit/server-sdk/contract': ['../server-sdk/src/contract/index.ts'] },
      },
    },
    onSuccess: () => Promise.resolve(writeEmptyDeclarations(outDir)),
  },
  {
    ...shared,
    outDir,
    // One file for a script tag, charts and languages inside: what is loaded later would escape the integrity hash.
    entry: { 'usage-kit': 'src/usage-kit.ts' },
    format: ['iife'],
    // Not Lit's build for servers, whose DOM shim reads every global: `localStorage` throws in a sandboxed frame.
    platform: 'browser',
    esbuildPlugins: [minifyTemplates(), guardLit()],
    outExtension: () => ({ js: '.js' }),
    splitting: false,
    minify: true,
    // Its map was nearly half of the download: who debugs takes the modules.
    sourcemap: false,
    noExternal: [/.*/],
    env: { NODE_ENV: 'production' },
    onSuccess: () => Promise.resolve(printIntegrity(outDir)),
  },
];

export default defineConfig(packageBuilds('dist'));
