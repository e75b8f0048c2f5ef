import type { RouteName } from '../contract/routes.js';
import { ENDPOINTS, ENDPOINT_LIST } from '../http/endpoints/endpoints.js';
import { PROBLEM } from '../http/schemas/problem.js';
import { ask, NOBODY, toPath, type Reply, type Subject } from './ask.js';
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

/** Headers that let a cache give one user's answer to another, or a foreign page read it. */
function headerFaults({ headers, status }: Reply): string[] {
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

function problemFaults(path: string, reply: Reply, status: number): string[] {
  if (reply.status !== status) return [`${path}: ${reply.status}, not ${status}`];
  const isProblem = PROBLEM.safeParse(reply.json).success;
  const leaks = /\bselect\b.+\bfrom\b|SQLITE_|node_modules|at \w+ \(/i.test(reply.text);
  return [
    ...(isProblem ? [] : [`${path}: not a problem document`]),
    ...(leaks ? [`${path}: tells what the server is made of`] : []),
  ];
}

async function eachEndpoint(
  judge: (name: RouteName) => Promise<string[]>,
): Promise<{ faults: string[] }> {
  const faults: string[] = [];
  for (const { name } of ENDPOINT_LIST) faults.push(...(await judge(name)));
  return { faults };
}

/** That answers have their form, whoever asks and whatever for. */
export const ANSWER_CHECKS: Check[] = [
  {
    name: 'nobody is 401 on every endpoint, whatever they send along',
    run: (subject) =>
      eachEndpoint(async (name) => {
        const replies = [
          await ask(subject, toPath(name), NOBODY),
          await ask(subject, toPath(name), NOBODY, { headers: { 'if-none-match': '*' } }),
          await ask(subject, toPath(name), { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' }),
        ];
        return replies.flatMap((reply) => problemFaults(toPath(name), reply, 401));
      }),
  },
  {
    name: 'every endpoint answers both users in the form of the contract',
    run: (subject) =>
      eachEndpoint(async (name) => {
        const { hasProject, response } = ENDPOINTS[name];
        const faults: string[] = [];
        for (const user of [subject.userA, subject.userB]) {
          const reply = await ask(subject, toPath(name), user);
          if (hasProject) {
            faults.push(...problemFaults(toPath(name), reply, 404));
          } else if (reply.status !== 200 || !response.safeParse(reply.json).success) {
            faults.push(`${toPath(name)}: ${reply.status}, or not in the form of the contract`);
          }
        }
        return faults;
      }),
  },
  {
    name: 'no answer may be kept for others',
    run: (subject) =>
      eachEndpoint(async (name) => {
        const replies = [
          await ask(subject, toPath(name), subject.userA),
          await ask(subject, toPath(name), NOBODY),
          await ask(subject, `${toPath(name)}?nonsense=1`, subject.userA),
        ];
        return replies.flatMap(headerFaults).map((fault) => `${toPath(name)}: ${fault}`);
      }),
  },
  {
    name: 'no page of another origin may read what a session is answered with',
    run: async (subject) => {
      const faults: string[] = [];
      for (const origin of ['https://usage-kit-conformance.invalid', 'null']) {
        const headers = { origin, 'access-control-request-method': 'GET' };
        const get = await ask(subject, '/overview', subject.userA, { headers });
        const preflight = await ask(subject, '/overview', NOBODY, { method: 'OPTIONS', headers });
        for (const { headers: given } of [get, preflight]) {
          const allowed = given.get('access-control-allow-origin');
          if (allowed !== null) faults.push(`Access-Control-Allow-Origin: ${allowed} to ${origin}`);
        }
      }
      return { faults };
    },
  },
  {
    name: 'methods that change something are 405; OPTIONS tells nothing of anyone',
    run: (subject) =>
      eachEndpoint(async (name) => {
        const faults: string[] = [];
        for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
          const { status } = await ask(subject, toPath(name), subject.userA, { method });
          if (status !== 405) faults.push(`${method} ${toPath(name)}: ${status}`);
        }
        const options = await ask(subject, toPath(name), subject.userA, { method: 'OPTIONS' });
        if (options.text !== '') faults.push(`OPTIONS ${toPath(name)} has a body`);
        return faults;
      }),
  },
  {
    name: 'what is malformed or too much is 400 and says which parameter',
    run: async (subject) => {
      const faults: string[] = [];
      for (const path of REFUSED) {
        faults.push(...problemFaults(path, await ask(subject, path, subject.userA), 400));
      }
      return { faults };
    },
  },
  {
    name: 'too many requests at once are 429 or 503 with Retry-After, and never 500',
    run: burst,
  },
];

const BURST = 150;

async function burst(subject: Subject): Promise<{ faults: string[] }> {
  const asked = Array.from({ length: BURST }, () => ask(subject, '/overview', subject.userA));
  const replies = await Promise.all(asked);
  const faults = replies
    .filter(({ status }) => ![200, 304, 429, 503].includes(status))
    .map(({ status }) => `status ${status}`);
  const silent = replies.filter(
    ({ status, headers }) => (status === 429 || status === 503) && !headers.has('retry-after'),
  );
  if (silent.length > 0) faults.push(`${silent.length} refusals without Retry-After`);
  const after = await ask(subject, '/overview', subject.userB);
  if (after.status !== 200) faults.push(`then the other user got ${after.status}`);
  return { faults: [...new Set(faults)] };
}
