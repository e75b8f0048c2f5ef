import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const GUARD = fileURLToPath(new URL('src/lit-document.ts', import.meta.url));

/** How Lit makes nodes, each with the document as the object: four methods of the document and one of the scope that Lit receives. */
const CALLS = 5;

/**
 * Lets Lit's templates make nodes by methods that a page's markup cannot cover; see `src/lit-document.ts`.
 *
 * For the one-file build, which bundles a copy of Lit. A version of Lit that makes nodes in another way is an error of
 * the build.
 */
export function guardLit(): Plugin {
  return {
    name: 'guard-lit',
    setup(build) {
      build.onLoad({ filter: /[\\/]lit-html[\\/]lit-html\.js$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const name = /\b(\w+)=document,/.exec(source)?.[1] ?? '';
        const call = new RegExp(`\\b${name}(?=\\.create\\w+\\(|\\)\\.importNode\\()`, 'g');
        const count = source.match(call)?.length ?? 0;
        if (count !== CALLS)
          throw new Error(`lit-html makes nodes in ${count} places, not ${CALLS}`);
        const guarded = source.replace(call, 'litDocument');
        return { contents: `import{litDocument}from${JSON.stringify(GUARD)};${guarded}` };
      });
    },
  };
}
