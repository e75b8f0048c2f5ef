import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { secureHeaders } from 'hono/secure-headers';
import type { Authenticate, Usage } from '@usage-kit/server-sdk';
import { userOf } from './sign-in.js';

const users = new WeakMap<Request, string | null>();

/** For `createUsage`: your own sign-in noted the user of the request. */
export const authenticate: Authenticate = (_request, { web }) => {
  const user = web && users.get(web);
  return user ? { userDid: user } : null;
};

/** Your application, served by `@hono/node-server`. Under a prefix, `createUsage` gets the whole path as `basePath`. */
export function createHost(usage: Usage): Hono {
  const app = new Hono();
  app.use(secureHeaders(), compress());
  app.use(async (context, next) => {
    users.set(context.req.raw, userOf(context.req.header()));
    await next();
  });

  const handle = usage.handler();
  app.use((context, next) =>
    handle(context.req.raw, async () => {
      await next();
      return context.res;
    }),
  );

  app.all('*', (context) => context.text(`the host: ${context.req.path}`));
  return app;
}
