import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Middleware } from 'koa';
import send from 'koa-send';

/** The files of the built client that a page has to name. */
export interface ClientFiles {
  /** Of the plain HTML pages. */
  script: string;
  styles: readonly string[];
  /** Of the React app. */
  appScript: string;
  appStyles: readonly string[];
  /** What the app's script will ask for as soon as it has been read. */
  appImports: readonly string[];
}

interface ManifestEntry {
  file: string;
  css?: string[];
  imports?: string[];
  isEntry?: boolean;
}

/**
 * Reads which files the client was built to; their names carry a hash of their content.
 * @throws Error when the client has not been built
 */
export function readClientFiles(directory: string): ClientFiles {
  const path = join(directory, '.vite', 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, ManifestEntry>;
  const findEntry = (source: string) => {
    const entry = manifest[source];
    if (!entry?.isEntry) throw new Error(`${path} names no entry for ${source}.`);
    return { script: `/${entry.file}`, styles: (entry.css ?? []).map((file) => `/${file}`) };
  };
  const source = 'src/client/app-main.tsx';
  const app = findEntry(source);
  const imports = manifest[source]?.imports ?? [];
  return {
    ...findEntry('src/client/main.ts'),
    appScript: app.script,
    appStyles: app.styles,
    appImports: imports.flatMap((name) => manifest[name]?.file ?? []).map((file) => `/${file}`),
  };
}

const ONE_YEAR_MS = 365 * 86_400_000;

/** Serves the built client under `/assets`; names with hashes never change, so browsers keep them. */
export function staticFiles(directory: string): Middleware {
  return async (ctx, next) => {
    const wanted = ctx.method === 'GET' || ctx.method === 'HEAD';
    if (!wanted || !ctx.path.startsWith('/assets/')) {
      await next();
      return;
    }
    // The build wrote a compressed twin of each file; `koa-send` picks what the browser understands.
    ctx.vary('Accept-Encoding');
    await send(ctx, ctx.path, { root: directory, maxAge: ONE_YEAR_MS, immutable: true });
  };
}

const FAVICON_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="#2563eb">
<rect x="3" y="12" width="4" height="9" rx="1.5"/><rect x="10" y="7" width="4" height="14" rx="1.5"/>
<rect x="17" y="3" width="4" height="18" rx="1.5"/></svg>`;

/** Serves the icon of the browser tab. */
export function favicon(): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/favicon.svg') {
      await next();
      return;
    }
    ctx.type = 'image/svg+xml';
    ctx.set('Cache-Control', 'public, max-age=86400');
    ctx.body = FAVICON_SVG;
  };
}
