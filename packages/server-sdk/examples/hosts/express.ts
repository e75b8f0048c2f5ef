import compression from 'compression';
import express, { type Express, type Request } from 'express';
import helmet from 'helmet';
import type { Authenticate, Usage } from '@usage-kit/server-sdk';
import { userOf } from './sign-in.js';

/** For `createUsage`: your own sign-in left the user on the request. */
export const authenticate: Authenticate = (request) => {
  const { user } = request as Request & { user?: string | null };
  return user ? { userDid: user } : null;
};

/** Your application, Express 4 or 5: what it has anyway, and one line for the endpoints. */
export function createHost(usage: Usage, prefix = '/'): Express {
  const app = express();
  app.use(helmet(), compression(), express.json());
  app.use((request, _response, next) => {
    Object.assign(request, { user: userOf(request.headers) });
    next();
  });
  app.use(prefix, usage.callback());
  app.use((request, response) => {
    response.send(`the host: ${request.path}`);
  });
  return app;
}
