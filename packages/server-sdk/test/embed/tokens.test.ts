import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsage,
  openTestUsage,
  serveInKoa,
  type Answer,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import {
  ALL,
  assemble,
  CLAIMS,
  EMBED,
  forge,
  HEADER,
  KEY,
  OLD_KEY,
} from '../helpers/embed-fixture.js';

const SECONDS = Math.floor(NOW_MS / 1000);
let host: TestUsage;
let server: TestServer;
beforeAll(async () => {
  host = await createTestUsage({ embed: EMBED });
  server = await serveInKoa(host.usage);
  await host.usage.calls.record({
    userDid: 'alice',
    appDid: 'app',
    model: 'm',
    status: 'success',
    startedAt: NOW_MS,
  });
});
afterAll(async () => {
  await server.close();
  await host.close();
});

const bearer = (token: string): Promise<Answer<Problem>> =>
  server.get<Problem>('/overview', { user: null, headers: { authorization: `Bearer ${token}` } });

test('a token of the host’s own making is taken', async () => {
  expect(
    (await bearer(await host.usage.createEmbedToken({ userDid: 'alice', ...ALL }))).status,
  ).toBe(200);
  expect((await bearer(await forge({}))).status).toBe(200);
});

test('lasts ten minutes unless told otherwise, and never longer than asked', async () => {
  const lifeOf = async (expiresIn?: number | string): Promise<number> => {
    const asked = { userDid: 'alice', ...ALL, ...(expiresIn === undefined ? {} : { expiresIn }) };
    const [, payload = ''] = (await host.usage.createEmbedToken(asked)).split('.');
    const { iat, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return exp - iat;
  };
  expect([await lifeOf(), await lifeOf(90), await lifeOf('1h'), await lifeOf('5m')]).toEqual([
    600, 90, 3600, 300,
  ]);
});

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const unsigned = (alg: string): string => assemble({ ...HEADER, alg }, CLAIMS, '');
const rs256 = (): string => {
  const input = assemble({ ...HEADER, alg: 'RS256' }, CLAIMS, '').slice(0, -1);
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
};
const hmacOf = (header: object, key: string, hash = 'sha256'): string => {
  const input = assemble(header, CLAIMS, '').slice(0, -1);
  return `${input}.${createHmac(hash, key).update(input).digest('base64url')}`;
};

/** What a token can be that is not sound; each is the same 401 as any other. */
const UNSOUND: [string, () => string | Promise<string>][] = [
  ['alg none', () => unsigned('none')],
  ['alg None', () => unsigned('None')],
  ['alg NONE', () => unsigned('NONE')],
  ['alg empty', () => unsigned('')],
  ['no signature', () => assemble(HEADER, CLAIMS, '')],
  ['no third part', () => assemble(HEADER, CLAIMS, '').slice(0, -1)],
  [
    'another’s signature',
    async () =>
      `${(await forge({ sub: 'eve' })).split('.').slice(0, 2).join('.')}.${(await forge({})).split('.')[2] ?? ''}`,
  ],
  ['RS256 by its own key', rs256],
  ['HS256 with a public key as secret', () => hmacOf(HEADER, publicPem)],
  ['HS512 with the right secret', () => forge({}, { alg: 'HS512' })],
  ['HS384 with the right secret', () => forge({}, { alg: 'HS384' })],
  ['a key in the header', () => hmacOf({ ...HEADER, jwk: { kty: 'oct', k: 'YQ' } }, 'a')],
  [
    'a key’s address in the header',
    () => hmacOf({ ...HEADER, jku: 'https://evil.example/k' }, 'a'),
  ],
  [
    'a critical extension',
    () =>
      forge({}, { crit: ['b64'], b64: false }).catch(() =>
        hmacOf({ ...HEADER, crit: ['b64'], b64: false }, KEY.secret),
      ),
  ],
  ['an unknown key id', () => forge({}, { kid: 'none' })],
  ['no key id', () => forge({}, { kid: undefined })],
  ['a path for a key id', () => forge({}, { kid: '../../dev/null' })],
  ['SQL for a key id', () => forge({}, { kid: "' or 1=1 --" })],
  ['another secret', () => forge({}, {}, OLD_KEY.secret)],
  ['expired a moment beyond the skew', () => forge({ exp: SECONDS - 31 })],
  ['expired long ago', () => forge({ exp: 1 })],
  ['no exp', () => forge({ exp: undefined })],
  ['exp as text', () => forge({ exp: String(SECONDS + 600) })],
  ['exp 1e18', () => forge({ exp: 1e18 })],
  ['exp null', () => forge({ exp: null })],
  ['exp negative', () => forge({ exp: -1 })],
  ['longer than an hour', () => forge({ exp: SECONDS + 3601 })],
  ['nbf beyond the skew', () => forge({ nbf: SECONDS + 31 })],
  ['no nbf', () => forge({ nbf: undefined })],
  ['iat beyond the skew', () => forge({ iat: SECONDS + 31 })],
  ['no iat', () => forge({ iat: undefined })],
  ['iat of yesterday with a fresh exp', () => forge({ iat: SECONDS - 86_400 })],
  ['another audience', () => forge({ aud: 'usage-kit:/other' })],
  ['no audience', () => forge({ aud: undefined })],
  ['another issuer', () => forge({ iss: 'evil' })],
  ['the host’s own session token', () => forge({}, { typ: 'JWT' })],
  ['no type', () => forge({}, { typ: undefined })],
  ['no subject', () => forge({ sub: undefined })],
  ['an empty subject', () => forge({ sub: '' })],
  ['the subject undefined', () => forge({ sub: 'undefined' })],
  ['a list of subjects', () => forge({ sub: ['alice', 'bob'] })],
  ['a subject with a NUL', () => forge({ sub: 'alice\0' })],
  ['a subject of 10 kB', () => forge({ sub: 'a'.repeat(10_000) })],
  ['no id', () => forge({ jti: undefined })],
  ['no scopes', () => forge({ scope: undefined })],
  ['an empty list of scopes', () => forge({ scope: [] })],
  ['scopes as text', () => forge({ scope: 'overview:read' })],
  ['no projects', () => forge({ projects: undefined })],
  ['an empty list of projects', () => forge({ projects: [] })],
  ['projects null', () => forge({ projects: null })],
  ['an empty project', () => forge({ projects: [''] })],
  ['an empty list of origins', () => forge({ origins: [] })],
  ['no generation', () => forge({ gen: undefined })],
  ['a generation of the future', () => forge({ gen: 1 })],
  ['a generation below zero', () => forge({ gen: -1 })],
  ['100 kB', () => 'x'.repeat(12_000)],
  ['no JWT at all', () => 'hello'],
  ['three dots', () => '...'],
  ['nothing', () => ''],
  ['two tokens', async () => `${await forge({})} ${await forge({})}`],
  ['JSON', () => '{"alg":"none"}'],
  ['five parts, as encrypted ones have', () => 'a.b.c.d.e'],
];

test.each(UNSOUND)('%s is 401, in the same words', async (_name, make) => {
  const answer = await bearer(await make());
  expect(answer.status).toBe(401);
  expect(answer.body.code).toBe('TOKEN_INVALID');
  expect(answer.body.detail).toBe('The token is not valid any more. Ask for a new one.');
  expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
});

test('a token within the skew of two clocks is taken', async () => {
  for (const claims of [{ exp: SECONDS - 29 }, { nbf: SECONDS + 29 }, { iat: SECONDS + 29 }]) {
    expect([claims, (await bearer(await forge(claims))).status]).toEqual([claims, 200]);
  }
});

test('a header beyond what Node takes is 431 and does not end the server', async () => {
  const answer = await bearer('x'.repeat(100_000));
  expect(answer.status).toBe(431);
  expect((await bearer(await forge({}))).status).toBe(200);
});

test.each(['bearer', 'BEARER', 'Bearer  '])('the scheme %s is the same one', async (scheme) => {
  const headers = { authorization: `${scheme} ${await forge({})}` };
  expect((await server.get('/overview', { user: null, headers })).status).toBe(200);
});

test('a bearer header is an identity by itself: an unsound one is not made good by a session', async () => {
  for (const token of ['nonsense', '', await forge({ exp: 1 })]) {
    const headers = { authorization: `Bearer ${token}`, cookie: 'session=alice' };
    expect((await server.get('/overview', { user: 'alice', headers })).status).toBe(401);
  }
  const headers = { authorization: `Bearer ${await forge({ sub: 'no-one' })}` };
  const { body } = await server.get<{ totals: { calls: number } }>('/overview', { headers });
  expect(body.totals.calls).toBe(0);
});

test.each(['?token=', '?access_token=', '?authorization='])(
  'a token in the URL (%s) is refused, not read',
  async (parameter) => {
    const path = `/overview${parameter}${await forge({})}`;
    expect((await server.get(path, { user: null })).status).toBe(401);
    const signedIn = await server.get<Problem>(path);
    expect(signedIn.status).toBe(400);
    expect(signedIn.text).not.toContain('eyJ');
  },
);

test('a token in a cookie signs no user in', async () => {
  const headers = { cookie: `token=${await forge({})}; authorization=Bearer ${await forge({})}` };
  expect((await server.get('/overview', { user: null, headers })).status).toBe(401);
});

describe('keys', () => {
  const open = async (embed: typeof EMBED): Promise<(token: string) => Promise<number>> => {
    const usage = openTestUsage({ database: host.config, clock: host.clock, embed });
    const other = await serveInKoa(usage);
    closers.push(async () => {
      await other.close();
      await usage.stop();
    });
    return async (token) =>
      (await other.get('/overview', { user: null, headers: { authorization: `Bearer ${token}` } }))
        .status;
  };
  const closers: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closers) await close();
  });
  const old = (): Promise<string> => forge({}, { kid: OLD_KEY.id }, OLD_KEY.secret);

  test('an old key still verifies within its time, and no longer after it', async () => {
    const within = await open({ ...EMBED, keys: [KEY, { ...OLD_KEY, validUntil: NOW_MS + 1 }] });
    expect(await within(await old())).toBe(200);
    const after = await open({ ...EMBED, keys: [KEY, { ...OLD_KEY, validUntil: NOW_MS }] });
    expect(await after(await old())).toBe(401);
    expect(await after(await forge({}))).toBe(200);
  });

  test('the first valid key signs', async () => {
    const keys = [{ ...KEY, validUntil: new Date(NOW_MS) }, OLD_KEY];
    const usage = openTestUsage({
      database: host.config,
      clock: host.clock,
      embed: { ...EMBED, keys },
    });
    const [header = ''] = (await usage.createEmbedToken({ userDid: 'alice', ...ALL })).split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString()).kid).toBe(OLD_KEY.id);
    await usage.stop();
  });

  test('a secret of another key under a known id is refused', async () => {
    const both = await open({ ...EMBED, keys: [KEY, OLD_KEY] });
    expect(await both(await forge({}, { kid: KEY.id }, OLD_KEY.secret))).toBe(401);
  });
});
