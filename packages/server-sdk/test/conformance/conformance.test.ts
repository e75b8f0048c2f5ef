import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.js';
import type { Authenticate, Usage } from '../../src/index.js';
import { NOW_MS, openTestUsage } from '../helpers/create-test-usage.js';
import { HOSTS } from '../helpers/hosts.js';
import { sqliteServer, type TestDatabase } from '../helpers/test-databases.js';
import { IS_LONG } from '../helpers/test-size.js';

let database: TestDatabase;
const usages: Usage[] = [];
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await sqliteServer.create();
  const usage = open();
  await usage.migrate();
  const call = (userDid: string, appDid: string, id: string) => ({
    id,
    traceId: `trace-${userDid}-${id}`,
    userDid,
    appDid,
    model: 'm',
    status: 'success' as const,
    startedAt: NOW_MS - 1000,
  });
  await usage.calls.record([
    ...['1', '2'].flatMap((id) => [call('alice', 'shared', id), call('alice', 'hers', id)]),
    ...['1', '2'].flatMap((id) => [call('bob', 'shared', id), call('bob', 'his', id)]),
  ]);
  const window = { kind: 'calendar', unit: 'month', timeZone: 'UTC' } as const;
  for (const user of ['alice', 'bob']) {
    await usage.alerts.create(user, { name: user, metric: 'calls', window, levels: ['9'] });
    await usage.budgets.create(user, { name: user, metric: 'credits', window, amount: '9' });
  }
});
afterAll(async () => {
  for (const close of closers) await close();
  for (const usage of usages) await usage.stop();
  await database.drop();
});

function open(authenticate?: Authenticate): Usage {
  const usage = openTestUsage({
    database: database.config,
    clock: { now: () => NOW_MS },
    ...(authenticate ? { authenticate } : {}),
  });
  usages.push(usage);
  return usage;
}

async function run(
  url: string,
  users: [string, string] = ['alice', 'bob'],
): Promise<{ code: number; out: string }> {
  const lines: string[] = [];
  const argv = [
    'conformance',
    '--url',
    `${url}/api/usage/`,
    '--user-a',
    `X-User: ${users[0]}`,
    '--user-b',
    'env:USER_B',
  ];
  const code = await runCli(argv, {
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
    progress: () => undefined,
    environment: { USER_B: `X-User: ${users[1]}` },
  });
  return { code, out: lines.join('\n') };
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(HOSTS.filter(({ name }) => ['Koa', 'Express 5'].includes(name)))(
  '$name of the README',
  (kind) => {
    test('holds every check', async () => {
      const module = await kind.load();
      const { server, close } = await module.listen(open(module.authenticate), '/');
      closers.push(close);
      const { port } = server.address() as AddressInfo;
      const { code, out } = await run(`http://127.0.0.1:${port}`);
      expect(out).not.toMatch(/^(FAIL|\?)/m);
      expect([code, out.split('\n').at(-1)]).toEqual([0, '22 passed, 0 failed, 0 inconclusive']);
    }, 120_000);
  },
);

/** Mounts that are wrong, and the check that finds them out. */
const handle = (): ReturnType<Usage['callback']> => open().callback();
const BROKEN: [string, () => RequestListener, RegExp][] = [
  [
    'a cache that knows paths alone',
    () => {
      const kept = new Map<string, [number, string, string]>();
      const listener = handle();
      return (request, response) => {
        const hit = request.method === 'GET' ? kept.get(request.url ?? '') : undefined;
        if (hit) {
          response.writeHead(hit[0], JSON.parse(hit[1]) as Record<string, string>).end(hit[2]);
          return;
        }
        const end = response.end.bind(response);
        response.end = ((body?: string) => {
          kept.set(request.url ?? '', [
            response.statusCode,
            JSON.stringify(response.getHeaders()),
            body ?? '',
          ]);
          return end(body);
        }) as never;
        listener(request, response);
      };
    },
    /FAIL|\? {3} A and B/,
  ],
  [
    'everyone is signed in',
    () => open((request) => ({ userDid: String(request.headers['x-user'] ?? 'alice') })).callback(),
    /FAIL a request without a user is 401/,
  ],
  [
    'a parameter that says who asks',
    () => {
      const listener = open((request) => {
        const user = new URL(request.url ?? '', 'http://a').searchParams.get('user');
        return { userDid: user ?? String(request.headers['x-user']) };
      }).callback();
      return (request, response) => {
        const { url = '' } = request;
        Object.assign(request, { originalUrl: url, url: url.replace(/[?&]user=[^&]*/, '') });
        listener(request, response);
      };
    },
    /FAIL no parameter changes the user of a request/,
  ],
  [
    'a user who is taken for the owner of what is written',
    () => {
      const listener = handle();
      return (request, response) => {
        const { method, url = '', headers } = request;
        if (method === 'PATCH' && url.includes('/budgets/') && headers['x-user'] === 'bob') {
          headers['x-user'] = 'alice';
        }
        listener(request, response);
      };
    },
    /FAIL another user's rules and advice/,
  ],
  [
    'CORS that mirrors every origin',
    () => {
      const listener = handle();
      return (request, response) => {
        response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
        listener(request, response);
      };
    },
    /FAIL no page of another origin/,
  ],
  [
    'a proxy that lets caches keep',
    () => {
      const listener = handle();
      return (request, response) => {
        const set = response.setHeader.bind(response);
        response.setHeader = (name: string, value: string) =>
          set(name, name === 'Cache-Control' ? 'public, max-age=60' : value);
        listener(request, response);
      };
    },
    /FAIL no response may be cached for other users/,
  ],
  [
    'a sign-in page in place of 401',
    () => {
      const listener = handle();
      return (request, response) => {
        if (request.headers['x-user'] !== undefined) listener(request, response);
        else response.writeHead(302, { location: '/sign-in' }).end();
      };
    },
    /FAIL a request without a user is 401/,
  ],
  [
    'a proxy that answers "*" with "not modified"',
    () => {
      const listener = handle();
      return (request, response) => {
        if (request.headers['if-none-match'] === '*' && request.headers['x-user'] !== undefined) {
          response.writeHead(304).end();
        } else listener(request, response);
      };
    },
    /FAIL entity tags differ between users/,
  ],
  [
    'a proxy that drops what it does not know',
    () => {
      const listener = handle();
      return (request, response) => {
        request.url = (request.url ?? '').replace(/&cursor=[^&]*/, '');
        listener(request, response);
      };
    },
    /FAIL a cursor that the server did not make/,
  ],
  [
    'a directory whose links run scripts, behind a proxy that puts them back',
    () => {
      const listener = handle();
      return (request, response) => {
        const end = response.end.bind(response);
        response.end = ((body?: string) => {
          // A file was sent before its end.
          if (!response.headersSent) response.removeHeader('content-length');
          return end(body?.replaceAll('"url":null', '"url":"javascript:alert(1)"'));
        }) as never;
        listener(request, response);
      };
    },
    /FAIL responses have only web links/,
  ],
];

/** A check takes a second. */
const SHOWN = BROKEN.filter((_, index) => IS_LONG !== (index % 3 === 0));

test.each(SHOWN)(
  '%s is found out',
  async (_name, listenerOf, expected) => {
    const { code, out } = await run(await serve(listenerOf()));
    expect(out).toMatch(expected);
    expect(code).not.toBe(0);
  },
  60_000,
);

test.each([
  [['alice', ''], 'user B is not signed in: GET /overview has the status 401'],
  [['', 'bob'], 'user A is not signed in'],
  [['', ''], 'user A is not signed in: GET /overview has the status 401; user B is not signed in'],
] as [[string, string], string][])(
  'of %j only the user that is not signed in is reported',
  async (users, said) => {
    const listener = open((request) => {
      const user = request.headers['x-user'];
      return typeof user === 'string' && user !== '' && user !== '-' ? { userDid: user } : null;
    }).callback();
    const [a, b] = users.map((user) => (user === '' ? '-' : user)) as [string, string];
    const { code, out } = await run(await serve(listener), [a, b]);
    expect([code, out]).toEqual([3, expect.stringContaining(said)]);
    expect(out).not.toMatch(/FAIL/);
    expect(out.split('\n').at(-1)).toBe('0 passed, 0 failed, 1 inconclusive');
  },
);

test('a URL without endpoints is reported as one', async () => {
  const url = await serve((_request, response) => response.writeHead(404).end());
  expect((await run(url)).out).toContain('there are no endpoints at this URL');
});

test('users without calls, or one user twice, are no proof', async () => {
  const url = await serve(handle());
  expect((await run(url, ['unknown', 'bob'])).code).toBe(3);
  const twice = await run(url, ['alice', 'alice']);
  expect(twice.code).not.toBe(0);
  expect(twice.out).toMatch(/\? {3} A and B/);
}, 60_000);

test('an unreachable server fails, and a wrong command line is reported', async () => {
  expect((await run('http://127.0.0.1:1')).code).toBe(1);
  const silent = {
    out: () => undefined,
    err: () => undefined,
    progress: () => undefined,
    environment: {},
  };
  expect(await runCli(['conformance'], silent)).toBe(2);
  expect(await runCli(['conformance', '--url', 'http://a', '--user-a', 'x'], silent)).toBe(2);
});
