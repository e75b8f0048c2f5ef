import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildOpenApiDocument, type RouteName } from '../../src/index.js';
import {
  createTestUsage,
  serveInKoa,
  type Answer,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { ALL, EMBED } from '../helpers/embed-fixture.js';
import { drawRequests, type FuzzOperation } from '../helpers/fuzz-requests.js';
import { faultsOf } from '../helpers/openapi-check.js';
import { CALLS, QUOTA, READER, victimMarksIn } from '../helpers/two-users.js';
import { readCount } from '../helpers/test-size.js';

/** `FUZZ_REQUESTS=10000 FUZZ_SEED=7` draws more, or the same again; other ones each day. */
const COUNT = readCount('FUZZ_REQUESTS', { few: 300, more: 1500 });
const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000));
const AT_ONCE = 8;
const HANGS_AFTER_MS = 10_000;

let host: TestUsage;
let server: TestServer;
let token: string;
beforeAll(async () => {
  host = await createTestUsage({
    embed: EMBED,
    quota: QUOTA,
    limits: { requestsPerMinute: false, tokenRequestsPerMinute: false },
  });
  await host.usage.calls.record(CALLS);
  await host.usage.rollup.run();
  server = await serveInKoa(host.usage);
  token = await host.usage.createEmbedToken({ userDid: READER, ...ALL });
});
afterAll(async () => {
  await server.close();
  await host.close();
});

const LEAKS =
  /\bselect\b.+\bfrom\b|SQLITE_|model_calls?\b|node_modules|[\w/]+\.[jt]s:\d+|\/(?:root|home|work|tmp|usr)\/|at \w+ \(/i;

/** What is wrong with an answer; the words of the request, which a refusal repeats, are not looked at. */
function faults(name: RouteName, answer: Answer<unknown>, asked: string): string[] {
  const text = LEAKS.test(asked) ? '' : `${answer.text}${JSON.stringify([...answer.headers])}`;
  const victims = victimMarksIn(text).filter((mark) => !asked.includes(mark));
  return [
    ...(answer.status >= 500 ? [`status ${answer.status}`] : []),
    ...victims.map((mark) => `leaks ${mark}`),
    ...(LEAKS.test(text) ? ['leaks what it is made of'] : []),
    // A method other than GET is not in the document or has no JSON here, and HEAD has no body.
    ...([405, 415, 204].includes(answer.status) || answer.text === ''
      ? []
      : faultsOf(name, answer)),
  ];
}

test(`${COUNT} requests drawn from the OpenAPI document by seed ${SEED}: no 500, no hang, no leak`, async () => {
  const document = buildOpenApiDocument('/api/usage') as {
    paths: Record<string, { get?: FuzzOperation }>;
  };
  const requests = drawRequests(document.paths, COUNT, SEED);
  const statuses = new Map<number, number>();
  const wrong: unknown[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < requests.length && wrong.length < 10) {
      const { name, path, method, caller } = requests[next++] ?? requests[0]!;
      const options = {
        method,
        user: caller === 'session' ? READER : null,
        headers: {
          ...(caller === 'token' ? { authorization: `Bearer ${token}` } : {}),
          // Of nothing that was answered wrongly it may make "not modified".
          ...(next % 20 === 0 ? { 'if-none-match': '*' } : {}),
        },
      };
      const startedMs = performance.now();
      const answer = await server.get(path, options);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const found = faults(name, answer, decodeURIComponent(path));
      if (performance.now() - startedMs > HANGS_AFTER_MS) found.push('hangs');
      if (found.length > 0) wrong.push({ method, path, status: answer.status, found });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  console.info(`fuzz seed ${SEED}:`, Object.fromEntries([...statuses].sort()));
  expect(wrong).toEqual([]);
  // Valid ones and broken ones, or nothing was tried.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(COUNT / 20);
  expect(statuses.get(400) ?? 0).toBeGreaterThan(COUNT / 20);
  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(COUNT);
}, 600_000);
