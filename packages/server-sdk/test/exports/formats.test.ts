import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelCallInput } from '../../src/index.js';
import {
  createTestUsage,
  NOW_MS,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { fetchFile, readCsv, readNdjson, readXlsx } from '../helpers/exported-files.js';
import { QUOTA } from '../helpers/two-users.js';
import { readCount } from '../helpers/test-size.js';

const CALLS = readCount('EXPORTED_CALLS', { few: 3000, more: 20_000 });
/** What a spreadsheet, a CSV reader or XML stumbles over. */
const HOSTILE = [
  '=1+1',
  '+cmd|calc',
  '-2',
  '@SUM(A1)',
  '\t=1',
  'a,=1+1',
  'a;=1+1',
  '"=1+1"',
  'line\n=1+1',
  '＝1+1',
  '# complete,true',
  '123456789012345678',
  '0012',
  '1e5',
  '<b>&amp;',
  ' space ',
  '模型',
  'x\u{1F600}',
];
const TEXTS = ['model', 'errorReason', 'traceId', 'appDid', 'provider', 'projectName'];

let host: TestUsage;
let server: TestServer;
const calls: ModelCallInput[] = Array.from({ length: CALLS }, (_, index) => ({
  id: `call-${index}`,
  traceId: `${HOSTILE[index % HOSTILE.length]?.replace(/[\n\t]/g, '')}-${index}`,
  userDid: 'alice',
  appDid: `p${index % 7}`,
  model: (HOSTILE[(index * 7) % HOSTILE.length] ?? '').replace(/[\n\t]/g, ''),
  provider: index % 2 === 0 ? 'openai' : '',
  startedAt: NOW_MS - index * 60_000,
  status: index % 5 === 0 ? 'failed' : 'success',
  errorReason: index % 5 === 0 ? HOSTILE[index % HOSTILE.length] : '',
  ...(index % 11 === 0 ? {} : { credits: `${100_000 + index}.12345678` }),
  durationMs: index / 8,
  usage: { inputTokens: index, outputTokens: 0 },
  metadata: { index },
}));

beforeAll(async () => {
  host = await createTestUsage({
    quota: QUOTA,
    projects: (ids) =>
      ids.map((appDid) => ({ appDid, name: appDid === 'p1' ? null : `=${appDid}` })),
  });
  server = await serveInKoa(host.usage);
  for (let start = 0; start < CALLS; start += 1000) {
    await host.usage.calls.record(calls.slice(start, start + 1000));
  }
}, 120_000);
afterAll(async () => {
  await server.close();
  await host.close();
});

const RANGE = `from=${NOW_MS - (CALLS + 1) * 60_000}&to=${NOW_MS + 1}`;

test(`${CALLS} calls as CSV parse strictly, and no text cell is a formula`, async () => {
  const bytes = await fetchFile(server, `/exports/calls?format=csv&${RANGE}`, 'alice');
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const { rows, facts } = readCsv(bytes);
  expect(rows).toHaveLength(CALLS);
  expect(facts.get('rows')).toBe(String(CALLS));
  expect([...facts].at(-1)).toEqual(['complete', 'true']);
  const guarded = rows.flatMap((row) => TEXTS.map((column) => String(row[column])));
  expect(guarded.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
  // Also for who opens it with the other delimiter.
  const cells = bytes.toString().split(/[;,\r\n]/);
  expect(cells.filter((cell) => /^"?[=+\-@\t＝＋－＠](?!\d)/.test(cell))).toEqual([]);
  const [newest] = rows;
  expect(newest).toMatchObject({ id: 'call-0', status: 'failed', credits: '', inputTokens: '0' });
});

test('semicolons and decimal commas are for CSV, and for it alone', async () => {
  const path = `/exports/calls?format=csv&delimiter=semicolon&decimal=comma&${RANGE}`;
  const { rows, facts } = readCsv(await fetchFile(server, path, 'alice'), ';');
  expect(rows[1]).toMatchObject({ credits: '100001,12345678', durationMs: '0,125' });
  expect(String(facts.get('total credits'))).toMatch(/^\d+,\d+$/);
  const refused = await server.get(`/exports/calls?format=xlsx&decimal=comma`);
  expect([refused.status, refused.body['errors']]).toEqual([
    400,
    [{ parameter: 'decimal', detail: 'is for csv only' }],
  ]);
});

test(`${CALLS} calls as a workbook are read back cell by cell by another library`, async () => {
  const query = `${RANGE}&timeZone=Asia/Kathmandu`;
  const path = `/exports/calls?format=xlsx&${query}`;
  const { rows, facts, sheets } = await readXlsx(await fetchFile(server, path, 'alice'));
  const plain = readNdjson(
    await fetchFile(server, `/exports/calls?format=ndjson&${query}`, 'alice'),
  );
  expect(sheets).toBe(2);
  expect([rows.length, plain.rows.length]).toEqual([CALLS, CALLS]);
  const kathmanduMs = (5 * 60 + 45) * 60_000;
  for (const [index, cells] of rows.entries()) {
    const { record, metadata, startedAt, ...expected } = plain.rows[index] ?? {};
    const { startedAt: date, ...others } = cells;
    if (record !== 'row') throw new Error(`Line ${index} is no row`);
    expect(metadata).toEqual({ index });
    // A double of days holds a millisecond, and readers cut the rest off.
    const ms = (date as Date).getTime() - Date.parse(String(startedAt)) - kathmanduMs;
    if (Math.abs(ms) > 1) expect([index, ms]).toEqual([index, 0]);
    expect(others).toEqual({
      ...expected,
      // An amount of at most 15 digits is a number.
      credits: expected['credits'] === null ? null : Number(expected['credits']),
    });
  }
  expect([...facts].at(-1)).toEqual(['complete', 'true']);
  expect(facts.get('timeZone')).toBe('Asia/Kathmandu');
  // Too long for a double to hold.
  expect(facts.get('total credits')).toBe((plain.footer?.totals as { credits: string }).credits);
});

test('projects without a name and unknown values are rows and empty cells, never left out or 0', async () => {
  const path = `/exports/projects?format=csv&sortBy=name&${RANGE}`;
  const { rows } = readCsv(await fetchFile(server, path, 'alice'));
  expect(rows.map(({ appDid, name }) => [appDid, name])).toEqual([
    ...['p0', 'p2', 'p3', 'p4', 'p5', 'p6'].map((did) => [did, `'=${did}`]),
    ['p1', ''],
  ]);
  expect(rows[0]).toMatchObject({ averageTtfbMs: '', processingCalls: '0' });
});

test('the ledger has its rows, with negative amounts as numbers, and their sum', async () => {
  const csv = readCsv(await fetchFile(server, '/exports/ledger?format=csv', 'alice'));
  const { body } = await server.get<{ total: number; sum: { rows: string } }>('/quota-details');
  expect(csv.rows).toHaveLength(body.total);
  expect(csv.rows.some(({ amount }) => /^-\d/.test(String(amount)))).toBe(true);
  expect(csv.facts.get('total amount')).toBe(body.sum.rows);
  expect(csv.facts.get('checked')).toBe('totals');
  const grants = readNdjson(
    await fetchFile(server, '/exports/ledger?format=ndjson&kind=grant', 'alice'),
  );
  expect(new Set(grants.rows.map(({ kind }) => kind))).toEqual(new Set(['grant']));
  const xlsx = await readXlsx(await fetchFile(server, '/exports/ledger?format=xlsx', 'alice'));
  expect(xlsx.rows).toHaveLength(body.total);
});

test('HEAD says what the file would be, and makes none', async () => {
  const head = await server.get('/exports/trends?format=xlsx&from=1795132800000&to=1795219200000', {
    method: 'HEAD',
  });
  expect([head.status, head.text]).toEqual([200, '']);
  expect(head.headers.get('content-disposition')).toBe(
    'attachment; filename="usage-trends_2026-11-20_2026-11-20.xlsx"',
  );
  expect(head.headers.get('etag')).toBeNull();
  expect(head.headers.get('cache-control')).toBe('private, no-store');
  expect((await server.get('/exports/trends?format=pdf', { method: 'HEAD' })).status).toBe(400);
});

test('what is wrong with a request is a problem, before any file begins', async () => {
  for (const [path, status] of [
    ['/exports/calls', 400],
    ['/exports/calls?format=csv&limit=3', 400],
    ['/exports/calls?format=csv&sortBy=duration', 400],
    ['/exports/calls?format=csv&userDid=bob', 400],
    ['/exports/calls?format=csv&appDid=nobodys', 404],
    ['/exports/trends?format=csv&appDid=nobodys', 404],
    ['/exports/models?format=csv&appDid=nobodys', 404],
    ['/exports/secrets?format=csv', 404],
  ] as const) {
    expect([path, (await server.get(path)).status]).toEqual([path, status]);
  }
  expect((await server.get('/exports/calls?format=csv', { user: null })).status).toBe(401);
});
