import { createServer, type Server } from 'node:http';
import type { Authenticate, Usage } from '@usage-kit/server-sdk';
import { userOf } from './sign-in.js';

/** For `createUsage`. */
export const authenticate: Authenticate = (request) => {
  const user = userOf(request.headers);
  return user === null ? null : { userDid: user };
};

/** Your server: what is no endpoint comes back to you. */
export function createHost(usage: Usage): Server {
  const handle = usage.callback();
  return createServer((request, response) => {
    handle(request, response, () => {
      response.end(`the host: ${request.url ?? ''}`);
    });
  });
}
