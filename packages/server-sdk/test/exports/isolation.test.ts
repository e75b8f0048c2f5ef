import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXPORT_KINDS, type EmbedScope } from '../../src/index.js';
import {
  createTestUsageOn,
  serveInKoa,
  type Answer,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { EMBED, PAGE } from '../helpers/embed-fixture.js';
import { readNdjson } from '../helpers/exported-files.js';
import { takeServers } from '../helpers/take-servers.js';
import {
  CALLS,
  QUOTA,
  READER,
  SHARED_PROJECT,
  VICTIM,
  VICTIM_MARK,
  VICTIM_PROJECT,
  victimMarksIn,
} from '../helpers/two-users.js';

describe.each(await takeServers())('on $name', (server) => {
  let host: TestUsage;
  let http: TestServer;
  beforeAll(async () => {
    host = await createTestUsageOn(server, { quota: QUOTA, embed: EMBED });
    await host.usage.calls.record(CALLS);
    http = await serveInKoa(host.usage);
  });
  afterAll(async () => {
    await http.close();
    await host.close();
  });

  test('no file of a user has anything of another', async () => {
    const queries = [
      '',
      `&search=${VICTIM_MARK}`,
      `&appDid=${SHARED_PROJECT}`,
      `&appDid=${VICTIM_PROJECT}`,
      `&model=model-${VICTIM_MARK}`,
      '&timeZone=Asia/Kathmandu',
    ];
    for (const kind of EXPORT_KINDS) {
      for (const query of queries) {
        const path = `/exports/${kind}?format=ndjson${query}`;
        const { text, status } = await http.get(path, { user: READER });
        // The filter that was asked for is repeated.
        const answered = text.replaceAll(decodeURIComponent(query.split('=')[1] ?? '-'), '');
        expect([path, status, victimMarksIn(answered)]).toEqual([path, status, []]);
        const own = await http.get(path, { user: VICTIM });
        if (own.status === 200 && query === '') expect(victimMarksIn(own.text)).not.toEqual([]);
      }
    }
    const foreign = await http.get(`/exports/calls?format=csv&appDid=${VICTIM_PROJECT}`, {
      user: READER,
    });
    const missing = await http.get('/exports/calls?format=csv&appDid=nobodys', { user: READER });
    expect([foreign.status, foreign.body['code']]).toEqual([missing.status, missing.body['code']]);
  });

  const withToken = async (
    scopes: EmbedScope[],
    projects: '*' | string[],
  ): Promise<(path: string) => Promise<Answer>> => {
    const token = await host.usage.createEmbedToken({ userDid: VICTIM, scopes, projects });
    const headers = { authorization: `Bearer ${token}`, origin: PAGE };
    return (path) => http.get(path, { user: null, headers });
  };

  test('a token exports only where it says so, and only its projects', async () => {
    const reads = await withToken(['projectCalls:read', 'trends:read'], '*');
    const refused = await reads('/exports/calls?format=csv');
    expect([refused.status, refused.body['code']]).toEqual([403, 'SCOPE_FORBIDDEN']);

    const all = await withToken(['exports'], '*');
    const whole = await all('/exports/calls?format=ndjson');
    expect(whole.status).toBe(200);
    expect(whole.headers.get('access-control-expose-headers')).toContain('Content-Disposition');
    expect((await all('/overview')).status).toBe(403);

    const one = await withToken(['exports'], [SHARED_PROJECT]);
    for (const [kind, column] of [
      ['calls', 'appDid'],
      ['projects', 'appDid'],
    ] as const) {
      const { text } = await one(`/exports/${kind}?format=ndjson`);
      const { rows, footer } = readNdjson(Buffer.from(text));
      expect(new Set(rows.map((row) => row[column]))).toEqual(new Set([SHARED_PROJECT]));
      expect(footer).toMatchObject({ checked: 'totals', totals: { calls: 60 } });
    }
    for (const kind of ['trends', 'models']) {
      const { text } = await one(`/exports/${kind}?format=ndjson`);
      expect(readNdjson(Buffer.from(text)).footer).toMatchObject({ totals: { calls: 60 } });
    }
    const other = await one(`/exports/calls?format=csv&appDid=${VICTIM_PROJECT}`);
    expect([other.status, other.body['code']]).toEqual([403, 'PROJECT_FORBIDDEN']);
    expect((await one('/exports/ledger?format=csv')).status).toBe(403);
  });
});
