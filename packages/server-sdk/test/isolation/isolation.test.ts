import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTES, type Logger, type Problem } from '../../src/index.js';
import {
  createTestUsageOn,
  serveInKoa,
  type Answer,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { ALL, EMBED, forge } from '../helpers/embed-fixture.js';
import { faultsOf } from '../helpers/openapi-check.js';
import { takeServers } from '../helpers/take-servers.js';
import {
  CALLS,
  QUOTA,
  READER,
  REQUESTS,
  SHARED_PROJECT,
  VICTIM,
  VICTIM_MARK,
  VICTIM_MARKS,
  VICTIM_PROJECT,
  victimMarksIn,
} from '../helpers/two-users.js';

const servers = await takeServers();

describe.each(servers)('no byte of another user’s, on $name', (kind) => {
  let host: TestUsage;
  let server: TestServer;
  let token: string;
  const logged: string[] = [];
  const note =
    (level: string): Logger['info'] =>
    (message, fields) => {
      logged.push(`${level} ${message} ${JSON.stringify(fields)}`);
    };

  beforeAll(async () => {
    host = await createTestUsageOn(kind, {
      embed: EMBED,
      quota: QUOTA,
      limits: { requestsPerMinute: false, tokenRequestsPerMinute: false },
      projects: (appDids) => appDids.map((appDid) => ({ appDid, name: `Name of ${appDid}` })),
      logger: {
        debug: note('debug'),
        info: note('info'),
        warn: note('warn'),
        error: note('error'),
      },
    });
    await host.usage.calls.record(CALLS);
    await host.usage.rollup.run();
    server = await serveInKoa(host.usage);
    token = await host.usage.createEmbedToken({ userDid: READER, ...ALL });
    // The victim asks everything first: nothing of it may be kept for others.
    for (const { path } of REQUESTS) await server.get(path, { user: VICTIM });
    logged.length = 0;
  });
  afterAll(async () => {
    await server.close();
    await host.close();
  });

  const whole = ({ status, headers, text }: Answer<unknown>): string =>
    `${status}\n${JSON.stringify([...headers])}\n${text}`;

  /** What of the answer is the victim's. The request's own words, which a 404 repeats, are not. */
  const leaksOf = (path: string, answer: Answer<unknown>): string[] => {
    const asked = decodeURIComponent(path);
    const said = whole(answer).replaceAll(
      `"${VICTIM_PROJECT}"`,
      asked.includes(VICTIM_PROJECT) ? '…' : VICTIM_PROJECT,
    );
    const shown = said.replaceAll(
      `\\"${VICTIM_PROJECT}\\"`,
      asked.includes(VICTIM_PROJECT) ? '…' : VICTIM_PROJECT,
    );
    return victimMarksIn(shown);
  };

  /** The ways to ask that are answered, and as whom. */
  const CALLERS: [string, () => Promise<Parameters<TestServer['get']>[1]>][] = [
    ['session', () => Promise.resolve({ user: READER })],
    ['token', () => Promise.resolve({ user: null, headers: { authorization: `Bearer ${token}` } })],
    [
      'token, with the victim’s session',
      () =>
        Promise.resolve({
          user: VICTIM,
          headers: { authorization: `Bearer ${token}`, cookie: 'a=b' },
        }),
    ],
    [
      'token of some projects, the victim’s among them',
      async () => {
        const projects = [SHARED_PROJECT, VICTIM_PROJECT, 'nobodys'];
        const narrow = await host.usage.createEmbedToken({ userDid: READER, ...ALL, projects });
        return { user: null, headers: { authorization: `Bearer ${narrow}` } };
      },
    ],
  ];

  test('the victim’s own answers do have the marks that are looked for', async () => {
    const seen = new Set<string>();
    for (const { path } of REQUESTS) {
      const answer = await server.get(path, { user: VICTIM });
      for (const mark of leaksOf('', answer)) seen.add(mark);
    }
    expect(VICTIM_MARKS.filter((mark) => mark !== VICTIM && !seen.has(mark))).toEqual([]);
  });

  test.each(CALLERS)('%s', async (_name, optionsOf) => {
    const options = await optionsOf();
    for (const { name, path } of REQUESTS) {
      const answer = await server.get(path, options);
      const isMine = !path.includes(VICTIM_PROJECT) && !path.includes('nobodys');
      expect([path, answer.status]).toEqual([path, isMine ? 200 : 404]);
      expect([path, leaksOf(path, answer), faultsOf(name, answer)]).toEqual([path, [], []]);
    }
  });

  const REFUSED: [string, () => Promise<Record<string, string>>][] = [
    ['no identity', () => Promise.resolve({})],
    [
      'a wrong token',
      async () => ({ authorization: `Bearer ${(await forge({ sub: VICTIM })).slice(0, -4)}AAAA` }),
    ],
    [
      'an expired token',
      async () => ({ authorization: `Bearer ${await forge({ sub: VICTIM, exp: 1 })}` }),
    ],
    [
      'a token and a session that is not asked',
      () => Promise.resolve({ authorization: 'Bearer x', 'x-user': VICTIM }),
    ],
  ];
  test.each(REFUSED)('%s is 401 everywhere', async (_name, headersOf) => {
    const headers = await headersOf();
    for (const { name, path } of REQUESTS) {
      const answer = await server.get<Problem>(path, { user: null, headers });
      expect([path, answer.status, leaksOf(path, answer), faultsOf(name, answer)]).toEqual([
        path,
        401,
        [],
        [],
      ]);
    }
  });

  test('no parameter makes one user another', async () => {
    const tries = [
      'userDid',
      'user',
      'user_did',
      'did',
      'sub',
      'allUsers',
      'allUser',
      'allUsers[]',
      'role',
      'admin',
      'as',
      'appDid',
      'id',
    ];
    for (const name of Object.values(ROUTES)) {
      for (const parameter of tries) {
        const path = `${name.replace(':appDid', SHARED_PROJECT)}?${parameter}=${encodeURIComponent(VICTIM)}`;
        const answer = await server.get<Problem>(path, { user: READER });
        expect([path, answer.status, answer.body.errors?.[0]?.parameter]).toEqual([
          path,
          400,
          parameter,
        ]);
        expect(whole(answer)).not.toContain(VICTIM);
      }
    }
  });

  test('a project of the victim’s is, byte for byte, no project', async () => {
    for (const endpoint of ['stats', 'trends', 'models', 'calls']) {
      const [theirs, none] = [VICTIM_PROJECT, 'nobodys'].map(
        (project) => `/projects/${project}/${endpoint}`,
      );
      const shape = (answer: Answer<unknown>, project: string): string =>
        JSON.stringify([answer.status, [...answer.headers.keys()], answer.text])
          .replaceAll(project, '…')
          .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…');
      const one = await server.get(theirs ?? '', { user: READER });
      const other = await server.get(none ?? '', { user: READER });
      expect(shape(one, VICTIM_PROJECT)).toBe(shape(other, 'nobodys'));
    }
  });

  test('a cursor of the victim’s opens nothing', async () => {
    const path = `/projects/${SHARED_PROJECT}/calls?limit=1`;
    const { body } = await server.get<{ nextCursor: string }>(path, { user: VICTIM });
    const answer = await server.get<Problem>(`${path}&cursor=${body.nextCursor}`, { user: READER });
    expect([answer.status, answer.body.code]).toEqual([400, 'CURSOR_INVALID']);
  });

  test('users who differ by case, space, wildcard or look are different users', async () => {
    const marked = [
      'DID:ABT:VICTIM',
      'did:abt:victim ',
      ' did:abt:victim',
      'did:abt:victi_',
      'did:abt:%',
      '%',
      'did:abt:vіctim',
      'did:abt:victim\u200b',
      "' or '1'='1",
      'did:abt:victím',
      'did:abt:victim/../victim',
      '*',
    ];
    for (const user of marked) {
      const headers = {
        authorization: `Bearer ${await host.usage.createEmbedToken({ userDid: user, ...ALL })}`,
      };
      const { status, body } = await server.get<{ totals: { calls: number } }>('/overview', {
        user: null,
        headers,
      });
      expect([user, status, body.totals.calls]).toEqual([user, 200, 0]);
    }
  });

  test('nothing of the victim’s was logged', () => {
    expect(logged.filter((line) => line.includes(VICTIM_MARK) || line.includes(VICTIM))).toEqual(
      [],
    );
  });
});
