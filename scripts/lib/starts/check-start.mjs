import { isDeepStrictEqual } from 'node:util';
import { lookAtPage } from '../outside/look-at-page.mjs';

/** What the `try` lines of every server record, worked out by hand: two calls of Ada's, one of Ben's. */
const RECORDED = {
  ada: {
    overview: {
      calls: 2,
      successfulCalls: 2,
      inputTokens: 1624,
      outputTokens: 192,
      totalTokens: 1816,
      credits: '0.5',
    },
    remaining: '99.5',
    shown: {
      'usage-quota': [/99\.50/, /0\.50/],
      'usage-overview': [/\b2\b/, /1,816|1\.82K/, /0\.50/, /100(\.0)?\s?%/],
      'usage-projects': [/assistant[^]*\b2\b/],
    },
  },
  ben: {
    overview: {
      calls: 1,
      successfulCalls: 1,
      inputTokens: 812,
      outputTokens: 96,
      totalTokens: 908,
      credits: '0.25',
    },
    remaining: '99.75',
    shown: {
      'usage-quota': [/99\.75/, /0\.25/],
      'usage-overview': [/\b1\b/, /\b908\b/, /0\.25/, /100(\.0)?\s?%/],
      'usage-projects': [/assistant[^]*\b1\b/],
    },
  },
};

/**
 * Sends the requests of a start's `try` lines to its server.
 *
 * @param {readonly string[]} lines of curl
 * @throws Error where one is not answered with 200
 */
export async function tryLines(lines, url) {
  for (const line of lines) {
    const [, method = 'GET', cookie, path] =
      /^curl (?:-X (\w+) )?-b (\S+) http:\/\/localhost:3000(\/\S*)$/.exec(line) ?? [];
    if (path === undefined) throw new Error(`It is not clear what to request: ${line}`);
    const response = await fetch(url + path, { method, headers: { cookie } });
    const body = await response.text();
    if (!response.ok) throw new Error(`${line}: ${response.status} ${body}`);
  }
}

/**
 * Checks that a server answers each user with their own figures, and a request without a sign-in with none.
 *
 * @throws Error with the first answer that is another one
 */
export async function checkServer(url) {
  for (const path of ['/api/usage/overview', '/api/usage/quota']) {
    const { status } = await fetch(url + path);
    if (status !== 401) throw new Error(`${path} without a sign-in: ${status}`);
  }
  const { status } = await fetch(`${url}/chat`, { method: 'POST' });
  if (status !== 401) throw new Error(`/chat without a sign-in: ${status}`);
  for (const [user, { overview, remaining }] of Object.entries(RECORDED)) {
    const { totals, activeProjects } = await readJson(`${url}/api/usage/overview`, user);
    const figures = Object.fromEntries(Object.keys(overview).map((name) => [name, totals[name]]));
    expectEqual(
      `overview of ${user}`,
      { ...figures, activeProjects },
      { ...overview, activeProjects: 1 },
    );
    const quota = await readJson(`${url}/api/usage/quota`, user);
    expectEqual(`credits of ${user}`, quota.remaining, remaining);
  }
}

/**
 * Looks at a page as two users, each of whom has to see their own figures. @throws Error with what is missing or complained of
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {boolean} isDevelopment Lit says so on the console
 */
export async function checkPage(browser, url, isDevelopment) {
  const allowed = isDevelopment ? /^Lit is in dev mode\./ : undefined;
  for (const [user, { shown }] of Object.entries(RECORDED)) {
    // Ada is whom the page signs in by itself.
    const cookie = user === 'ada' ? undefined : `user=${user}`;
    await lookAtPage(browser, url, shown, { cookie, allowed });
  }
}

/**
 * Ends a server as a process manager does.
 *
 * @param {Awaited<ReturnType<import('../outside/server-process.mjs').startServer>>} server
 * @throws Error where it does not end by itself, or has printed a warning
 */
export async function checkStop({ stop, output }) {
  const result = await stop();
  // Tools end with the code that shells give a process which the signal has ended.
  if (![0, 143, 'SIGTERM'].includes(result)) {
    throw new Error(`It ended with ${result} on SIGTERM:\n${output()}`);
  }
  if (/warning|deprecat/i.test(output())) throw new Error(`It has printed:\n${output()}`);
}

async function readJson(url, user) {
  const response = await fetch(url, { headers: { cookie: `user=${user}` } });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

function expectEqual(what, found, expected) {
  if (isDeepStrictEqual(found, expected)) return;
  throw new Error(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
}
