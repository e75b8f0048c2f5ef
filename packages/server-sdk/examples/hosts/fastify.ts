import type { IncomingMessage } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import type { Authenticate, Usage } from '@usage-kit/server-sdk';
import { userOf } from './sign-in.js';

const users = new WeakMap<IncomingMessage, string | null>();

/** For `createUsage`: your own sign-in noted the user of the request. */
export const authenticate: Authenticate = (request) => {
  const user = users.get(request);
  return user ? { userDid: user } : null;
};

/** Your application, Fastify 4 or 5. Under a prefix, `createUsage` gets the whole path as `basePath`. */
export function createHost(usage: Usage): FastifyInstance {
  const app = fastify();
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-frame-options', 'SAMEORIGIN'); // or @fastify/helmet
    users.set(request.raw, userOf(request.headers));
  });

  const handle = usage.callback();
  app.addHook('onRequest', (request, reply, done) => {
    // What the hooks before have set.
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    handle(request.raw, reply.raw, done);
  });

  app.setNotFoundHandler((request, reply) => reply.code(200).send(`the host: ${request.url}`));
  return app;
}
