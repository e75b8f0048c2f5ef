import Koa from 'koa';
import type { Usage } from '@usage-kit/server-sdk';
import { sendNotFound, createPageRouter, type PageRouteOptions } from './page-routes.js';
import { sameOriginForms, securityHeaders } from './security-headers.js';
import { favicon, staticFiles } from './static-files.js';

/** What the host is built from. */
export interface DemoHostOptions extends PageRouteOptions {
  usage: Usage;
  /** Where vite built the client to. */
  clientDirectory: string;
  /** Keys that sign the session cookie. */
  keys: string[];
}

/** A Koa application as an integrator has one, with the usage API mounted in it. */
export function createDemoHost(options: DemoHostOptions): Koa {
  const app = new Koa({ keys: options.keys });
  app.on('error', reportError);
  app.use(securityHeaders());
  app.use(sameOriginForms());
  app.use(staticFiles(options.clientDirectory));
  app.use(favicon());
  app.use(options.sessions.middleware());
  // This line is all that a Koa host needs for the API.
  app.use(options.usage.router().routes());
  const pages = createPageRouter(options);
  app.use(pages.routes()).use(pages.allowedMethods());
  app.use((ctx) => {
    sendNotFound(ctx, options);
  });
  return app;
}

/** Everything but a reader who went on to the next page while this one was being sent. */
function reportError(error: NodeJS.ErrnoException & { expose?: boolean }): void {
  if (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.expose) return;
  process.stderr.write(`${error.stack ?? error.message}\n`);
}
