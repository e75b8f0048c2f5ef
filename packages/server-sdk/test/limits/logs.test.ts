import { afterEach, expect, test } from 'vitest';
import { createUsage, type Logger } from '../../src/index.js';
import { createRedactingLogger } from '../../src/runtime/redacting-logger.js';
import { createTestUsage, serveInKoa } from '../helpers/create-test-usage.js';
import { EMBED, KEY, forge } from '../helpers/embed-fixture.js';

/** Everything that was logged, as a log would have it: with messages and stacks of errors. */
let lines: string[] = [];
const show = (value: unknown): unknown =>
  value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value;
const note =
  (level: string): Logger['info'] =>
  (message, fields) => {
    lines.push(
      `${level} ${message} ${JSON.stringify(fields, (_key, value: unknown) => show(value))}`,
    );
  };
const logger: Logger = {
  debug: note('debug'),
  info: note('info'),
  warn: note('warn'),
  error: note('error'),
};
afterEach(() => {
  lines = [];
});

const NEVER =
  /eyJ[\w-]+\.|\bselect\b.+\bfrom\b|insert into|hunter2|cookie-of-alice|\/(?:root|home|work|tmp|etc|usr)\/|node_modules\//i;

test('no secret, token, SQL or path is logged, whatever fails', async () => {
  const token = await forge({});
  const host = await createTestUsage({
    logger,
    embed: EMBED,
    authenticate: ({ headers }) => {
      throw new Error(
        `No session for ${String(headers.cookie)} ${token} Bearer ${token} at /etc/secrets/key.pem postgres://u:hunter2@db/x`,
      );
    },
    projects: () => Promise.reject(new Error(`directory of ${token}`)),
    quota: {
      getQuota: () => Promise.reject(new Error(`GET https://u:hunter2@pay/x with Bearer ${token}`)),
      listLedger: () => Promise.reject(new Error('/home/me/ledger.json is not there')),
    },
  });
  const server = await serveInKoa(host.usage);
  const authorization = `Bearer ${token}`;
  for (const path of [
    '/overview',
    '/quota',
    '/quota-details',
    '/projects/app/stats',
    '/projects',
  ]) {
    await server.get(path, { headers: { cookie: 'a=b; session=hunter2' } });
    await server.get(path, { user: null, headers: { authorization } });
    await server.get(path, { user: null, headers: { authorization: `${authorization}x` } });
  }
  await server.close();
  await host.close();
  expect(lines.length).toBeGreaterThan(5);
  expect(
    lines.filter((line) => NEVER.test(line) || line.includes(token) || line.includes(KEY.secret)),
  ).toEqual([]);
});

test('a database’s error is logged by its code: its message has the statement and its values', async () => {
  // Not migrated: every statement fails.
  const usage = createUsage({
    database: 'sqlite::memory:',
    authenticate: () => ({ userDid: 'alice' }),
    logger,
    rollup: false,
  });
  const server = await serveInKoa(usage);
  for (const path of ['/overview', '/projects/app/calls?search=hunter2', '/quota']) {
    expect((await server.get(path)).status).toBe(500);
  }
  await server.close();
  await usage.stop();
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.filter((line) => NEVER.test(line))).toEqual([]);
  expect(
    lines.every((line) => line.includes('SQLITE_ERROR') && line.includes('"requestId":')),
  ).toBe(true);
});

test('what helps to find the fault stays: the name, the code, the file and the line, the causes', () => {
  createRedactingLogger(logger).error('Failed', {
    requestId: 'r-1',
    error: new TypeError('x is not a function', { cause: new RangeError('too far') }),
    note: 'line one\nline two',
  });
  expect(lines[0]).toContain('"name":"TypeError"');
  expect(lines[0]).toContain('x is not a function');
  expect(lines[0]).toContain('too far');
  expect(lines[0]).toMatch(/logs\.test\.ts:\d+/);
  expect(lines[0]).toContain('line one line two');
  expect(lines[0]).toContain('r-1');
});
