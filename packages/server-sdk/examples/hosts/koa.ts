import { bodyParser } from '@koa/bodyparser';
import Koa from 'koa';
import compress from 'koa-compress';
import helmet from 'koa-helmet';
import mount from 'koa-mount';
import type { Authenticate, Usage } from '@usage-kit/server-sdk';
import { userOf } from './sign-in.js';

/** For `createUsage`: your own sign-in left the user in the context. */
export const authenticate: Authenticate = (_request, { koa }) => {
  const user: unknown = koa?.state['user'];
  return typeof user === 'string' ? { userDid: user } : null;
};

/** Your application: what it has anyway, and one line for the endpoints. */
export function createHost(usage: Usage, prefix = '/'): Koa {
  const api = new Koa();
  api.use(usage.router().routes());

  const app = new Koa();
  app.use(helmet()).use(compress()).use(bodyParser());
  app.use(async (context, next) => {
    context.state['user'] = userOf(context.headers);
    await next();
  });
  app.use(mount(prefix, api)); // at the root simply: app.use(usage.router().routes())
  app.use((context) => {
    context.body = `the host: ${context.path}`;
  });
  return app;
}
