import type { RouteName } from '../contract/routes.js';
import { ENDPOINTS, ENDPOINT_LIST } from '../http/endpoints/endpoints.js';
import { RESOURCES } from '../http/endpoints/resources.js';
import { PROBLEM } from '../http/schemas/problem.js';
import { sendRequest, SIGNED_OUT, toPath, type Reply, type Subject } from './send-request.js';
import type { Check } from './check.js';

/** Each must be refused with 400 and a problem document. */
const REFUSED = [
  '/projects?page=-5',
  '/projects?page=1e3',
  '/projects?pageSize=101',
  '/projects?sortBy=credits;drop%20table',
  '/projects?search=%00',
  '/overview?from=0',
  '/overview?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z',
  '/trends?timeZone=Mars/Base',
  '/trends?granularity=week',
  '/quota-details?pageSize=-1',
  '/overview?from=1&from=2',
];

/** Lists headers that let a cache return one user's response to another user, or a page of another origin read it. */
function findHeaderFaults({ headers, status }: Reply): string[] {
  const cache = headers.get('cache-control') ?? '';
  const vary = (headers.get('vary') ?? '').toLowerCase();
  const faults = ['authorization', 'cookie', 'origin']
    .filter((name) => !vary.includes(name) && vary !== '*')
    .map((name) => `Vary lacks ${name}`);
  if (!/\bprivate\b|\bno-store\b/.test(cache)) faults.push(`Cache-Control is "${cache}"`);
  if (/\bpublic\b|s-maxage|must-revalidate/.test(cache)) faults.push(`Cache-Control is "${cache}"`);
  if (headers.get('x-content-type-options') !== 'nosniff') faults.push('nosniff is missing');
  return faults.map((fault) => `${status}: ${fault}`);
}

function findProblemFaults(path: string, reply: Reply, status: number): string[] {
  if (reply.status !== status) return [`${path}: ${reply.status}, not ${status}`];
  const isProblem = PROBLEM.safeParse(reply.json).success;
  const leaks = /\bselect\b.+\bfrom\b|SQLITE_|node_modules|at \w+ \(/i.test(reply.text);
  return [
    ...(isProblem ? [] : [`${path}: not a problem document`]),
    ...(leaks ? [`${path}: shows internals of the server`] : []),
  ];
}

async function checkEachEndpoint(
  check: (name: RouteName) => Promise<string[]>,
): Promise<{ faults: string[] }> {
  const faults: string[] = [];
  for (const { name } of ENDPOINT_LIST) faults.push(...(await check(name)));
  return { faults };
}

/** Checks that responses have the form of the contract, for all users and all requests. */
export const RESPONSE_CHECKS: Check[] = [
  {
    name: 'a request without a user is 401 on every endpoint, whatever headers it has',
    run: (subject) =>
      checkEachEndpoint(async (name) => {
        const replies = [
          await sendRequest(subject, toPath(name), SIGNED_OUT),
          await sendRequest(subject, toPath(name), SIGNED_OUT, {
            headers: { 'if-none-match': '*' },
          }),
          await sendRequest(subject, toPath(name), {
            authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.',
          }),
        ];
        return replies.flatMap((reply) => findProblemFaults(toPath(name), reply, 401));
      }),
  },
  {
    name: 'every endpoint responds to both users in the form of the contract',
    run: (subject) =>
      checkEachEndpoint(async (name) => {
        const { hasProject, response } = ENDPOINTS[name];
        const faults: string[] = [];
        for (const user of [subject.userA, subject.userB]) {
          const reply = await sendRequest(subject, toPath(name), user);
          if (hasProject) {
            faults.push(...findProblemFaults(toPath(name), reply, 404));
          } else if (reply.status !== 200 || !response.safeParse(reply.json).success) {
            faults.push(`${toPath(name)}: ${reply.status}, or not in the form of the contract`);
          }
        }
        return faults;
      }),
  },
  {
    name: 'no response may be cached for other users',
    run: (subject) =>
      checkEachEndpoint(async (name) => {
        const replies = [
          await sendRequest(subject, toPath(name), subject.userA),
          await sendRequest(subject, toPath(name), SIGNED_OUT),
          await sendRequest(subject, `${toPath(name)}?nonsense=1`, subject.userA),
        ];
        return replies.flatMap(findHeaderFaults).map((fault) => `${toPath(name)}: ${fault}`);
      }),
  },
  {
    name: 'no page of another origin may read responses to a session',
    run: async (subject) => {
      const faults: string[] = [];
      for (const origin of ['https://usage-kit-conformance.invalid', 'null']) {
        const headers = { origin, 'access-control-request-method': 'GET' };
        const get = await sendRequest(subject, '/overview', subject.userA, { headers });
        const preflight = await sendRequest(subject, '/overview', SIGNED_OUT, {
          method: 'OPTIONS',
          headers,
        });
        for (const { headers: given } of [get, preflight]) {
          const allowed = given.get('access-control-allow-origin');
          if (allowed !== null) faults.push(`Access-Control-Allow-Origin: ${allowed} to ${origin}`);
        }
      }
      return { faults };
    },
  },
  {
    name: 'methods that an endpoint does not have are 405; responses to OPTIONS have no body',
    run: (subject) =>
      checkEachEndpoint(async (name) => {
        const faults: string[] = [];
        const taken = RESOURCES.find(({ read }) => read?.name === name)?.methods ?? [];
        const others = ['POST', 'PUT', 'DELETE', 'PATCH'].filter((it) => !taken.includes(it));
        for (const method of others) {
          const { status } = await sendRequest(subject, toPath(name), subject.userA, { method });
          if (status !== 405) faults.push(`${method} ${toPath(name)}: ${status}`);
        }
        const options = await sendRequest(subject, toPath(name), subject.userA, {
          method: 'OPTIONS',
        });
        if (options.text !== '') faults.push(`OPTIONS ${toPath(name)} has a body`);
        return faults;
      }),
  },
  {
    name: 'a malformed or excessive parameter is 400 with a problem document',
    run: async (subject) => {
      const faults: string[] = [];
      for (const path of REFUSED) {
        faults.push(
          ...findProblemFaults(path, await sendRequest(subject, path, subject.userA), 400),
        );
      }
      return { faults };
    },
  },
  {
    name: 'too many concurrent requests are 429 or 503 with Retry-After, and never 500',
    run: checkBurst,
  },
];

const BURST_REQUESTS = 150;

async function checkBurst(subject: Subject): Promise<{ faults: string[] }> {
  const requests = Array.from({ length: BURST_REQUESTS }, () =>
    sendRequest(subject, '/overview', subject.userA),
  );
  const replies = await Promise.all(requests);
  const faults = replies
    .filter(({ status }) => ![200, 304, 429, 503].includes(status))
    .map(({ status }) => `status ${status}`);
  const silent = replies.filter(
    ({ status, headers }) => (status === 429 || status === 503) && !headers.has('retry-after'),
  );
  if (silent.length > 0) faults.push(`${silent.length} refusals without Retry-After`);
  const after = await sendRequest(subject, '/overview', subject.userB);
  if (after.status !== 200) faults.push(`then the other user got ${after.status}`);
  return { faults: [...new Set(faults)] };
}
