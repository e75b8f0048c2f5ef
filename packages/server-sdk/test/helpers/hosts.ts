import { createServer, type Server } from 'node:http';
import { serve } from '@hono/node-server';
import { vi } from 'vitest';
import type { Authenticate, Usage } from '../../src/index.js';
import { IS_LONG } from './test-size.js';

/** A host of `examples/hosts`, as the contract suite drives it. */
export interface HostKind {
  name: string;
  /** Whether another one here is its newest version. */
  isOlder?: boolean;
  /** Where the endpoints are mounted: prefix of the host's own, and the SDK's option. */
  mounts: { prefix: string; basePath: string }[];
  /** Whether what the host does by itself (compression, security headers) reaches the endpoints' answers. */
  compresses: boolean;
  load(): Promise<HostModule>;
}

/** What an example exports, brought to one form. */
export interface HostModule {
  authenticate: Authenticate;
  /** The major version of the framework's real package. */
  major: number;
  listen(usage: Usage, prefix: string): Promise<{ server: Server; close: () => Promise<unknown> }>;
}

const ROOT = { prefix: '/', basePath: '/api/usage' };
const STRIPPED = { prefix: '/tenant', basePath: '/api/usage' };
/** The handler itself mounted where the endpoints are, so that the host strips their whole path. */
const EXACT = { prefix: '/v1/usage', basePath: '/usage' };
const WHOLE = { prefix: '/', basePath: '/tenant/api/usage' };

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

function stop(server: Server): Promise<unknown> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  return closed;
}

async function loadExpress(name: 'express' | 'express4'): Promise<HostModule> {
  vi.resetModules();
  vi.doMock('express', () => vi.importActual(name));
  const { authenticate, createHost } = await import('../../examples/hosts/express.js');
  vi.doUnmock('express');
  // Express 5 has dropped `del`.
  const major = 'del' in createHost({ callback: () => () => undefined } as never) ? 4 : 5;
  return {
    authenticate,
    major,
    listen: async (usage, prefix) => {
      const server = await listening(createServer(createHost(usage, prefix)));
      return { server, close: () => stop(server) };
    },
  };
}

async function loadFastify(name: 'fastify' | 'fastify4'): Promise<HostModule> {
  vi.resetModules();
  vi.doMock('fastify', () => vi.importActual(name));
  const { authenticate, createHost } = await import('../../examples/hosts/fastify.js');
  vi.doUnmock('fastify');
  const { version } = createHost({ callback: () => () => undefined } as never);
  return {
    authenticate,
    major: Number.parseInt(version, 10),
    listen: async (usage) => {
      const app = createHost(usage);
      await app.listen({ port: 0, host: '127.0.0.1' });
      app.server.unref();
      return {
        server: app.server,
        close: () => {
          app.server.closeAllConnections();
          return app.close();
        },
      };
    },
  };
}

/** Every host except Next.js, which is a separate process. */
const ALL_HOSTS: HostKind[] = [
  {
    name: 'Koa',
    mounts: [ROOT, STRIPPED],
    compresses: true,
    load: async () => {
      const { authenticate, createHost } = await import('../../examples/hosts/koa.js');
      return {
        authenticate,
        major: 3,
        listen: async (usage, prefix) => {
          const server = await listening(createServer(createHost(usage, prefix).callback()));
          return { server, close: () => stop(server) };
        },
      };
    },
  },
  {
    name: 'Node http',
    mounts: [ROOT, WHOLE],
    compresses: false,
    load: async () => {
      const { authenticate, createHost } = await import('../../examples/hosts/node-http.js');
      return {
        authenticate,
        major: Number.parseInt(process.versions.node, 10),
        listen: async (usage) => {
          const server = await listening(createHost(usage));
          return { server, close: () => stop(server) };
        },
      };
    },
  },
  {
    name: 'Express 5',
    mounts: [ROOT, STRIPPED, EXACT],
    compresses: true,
    load: () => loadExpress('express'),
  },
  {
    name: 'Express 4',
    isOlder: true,
    mounts: [ROOT, STRIPPED, EXACT],
    compresses: true,
    load: () => loadExpress('express4'),
  },
  {
    name: 'Fastify 5',
    mounts: [ROOT, WHOLE],
    compresses: false,
    load: () => loadFastify('fastify'),
  },
  {
    name: 'Fastify 4',
    isOlder: true,
    mounts: [ROOT, WHOLE],
    compresses: false,
    load: () => loadFastify('fastify4'),
  },
  {
    name: 'NestJS',
    mounts: [ROOT, STRIPPED],
    compresses: true,
    load: async () => {
      const { authenticate, createHost } = await import('../../examples/hosts/nest.js');
      return {
        authenticate,
        major: 11,
        listen: async (usage, prefix) => {
          const app = await createHost(usage, prefix);
          const server = (await app.listen(0, '127.0.0.1')) as Server;
          return {
            server,
            close: () => {
              server.closeAllConnections();
              return app.close();
            },
          };
        },
      };
    },
  },
  {
    name: 'Hono on Node',
    mounts: [ROOT, WHOLE],
    compresses: true,
    load: async () => {
      const { authenticate, createHost } = await import('../../examples/hosts/hono.js');
      return {
        authenticate,
        major: 4,
        listen: (usage) =>
          new Promise((resolve) => {
            const { fetch } = createHost(usage);
            const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => {
              resolve({ server: server as Server, close: () => stop(server as Server) });
            });
          }),
      };
    },
  },
];

/** Hosts in their newest version; in every supported one where there is time. */
export const HOSTS = ALL_HOSTS.filter(({ isOlder = false }) => IS_LONG || !isOlder);
