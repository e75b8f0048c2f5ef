import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkMapping } from '../../src/import/mapping.js';
import { importFile, type Imported } from '../helpers/import-file.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-sources-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const CONSTANTS = { userDid: 'alice', model: 'm', status: 'success' };
const START = '2026-11-20T10:00:00Z';

/** Imports records with one computed field, and gives what was stored in one column, by record. */
async function read(
  field: string,
  source: unknown,
  column: string,
  records: readonly object[],
): Promise<unknown[]> {
  const { rows, text } = await load(records, { columns: { [field]: source } });
  if (rows.length !== records.length) throw new Error(text);
  return rows.map((row) => row[column]);
}

const load = (records: readonly object[], mapping: object): Promise<Imported> =>
  importFile(
    mkdtempSync(join(directory, 'each-')),
    records
      .map((record, at) => `${JSON.stringify({ startedAt: at + 1e12, ...record })}\n`)
      .join(''),
    { constants: CONSTANTS, ...mapping },
  );

describe('where a value is read', () => {
  test('the first of a list that is known, unknown words left aside', async () => {
    const source = ['a', 'deep.b', { value: '7' }];
    const records = [{ a: 5 }, { a: 'NULL', deep: { b: 6 } }, { deep: '{"b":8}' }, { a: '' }];
    expect(await read('inputTokens', source, 'input_tokens', records)).toEqual([5, 6, 8, 7]);
  });

  test('a duration between two times of any form, of numbers in a unit too', async () => {
    const records = [
      { from: '2026-11-20 10:00:00.123+00', to: '2026-11-20T10:00:01.963Z' },
      { from: '2026-11-20 11:00:00+01', to: '2026-11-20 10:00:00.5' },
      { from: START, to: null },
    ];
    const source = { from: 'from', to: 'to' };
    expect(await read('durationMs', source, 'duration_us', records)).toEqual([
      1_840_000,
      500_000,
      null,
    ]);
    const seconds = [{ from: 1795168800.123, to: '1795168801.25' }];
    const inSeconds = { ...source, unit: 's' };
    expect(await read('durationMs', inSeconds, 'duration_us', seconds)).toEqual([1_127_000]);
  });

  test('an end that is not before another is none', async () => {
    const source = { from: 'start', to: 'first', before: 'end' };
    const records = [
      { start: 1000, first: 1100, end: 1200 },
      { start: 1000, first: 1200, end: 1200 },
    ];
    expect(await read('ttfbMs', source, 'ttfb_us', records)).toEqual([100_000, null]);
  });

  test.each([
    ['s', 1.5, 1_500_000],
    ['s', '0.0000015', 2],
    ['ms', 1.5, 1500],
    ['us', '1500', 1500],
    ['ns', 1_500_000, 1500],
  ])('a duration in %s: %s', async (unit, value, us) => {
    expect(await read('durationMs', { path: 'd', unit }, 'duration_us', [{ d: value }])).toEqual([
      us,
    ]);
  });

  test('an instant in seconds with a fraction, and in nanoseconds as text', async () => {
    const mapping = (unit: string): object => ({ columns: { startedAt: [{ path: 't', unit }] } });
    const seconds = await load([{ t: 1795168800.123 }, { t: '1795168801.5' }], mapping('s'));
    expect(seconds.rows.map((row) => row['started_at_ms'])).toEqual([1795168800123, 1795168801500]);
    const nanoseconds = await load([{ t: '1795168899123000000' }], mapping('ns'));
    expect(nanoseconds.rows).toMatchObject([{ started_at_ms: 1795168899123 }]);
  });

  test('money in other units is exact', async () => {
    const records = [{ cents: 0.245 }, { cents: '123.78912' }, { cents: '4.0000000000000003e-7' }];
    expect(await read('cost', { path: 'cents', per: 100 }, 'cost_e10', records)).toEqual([
      24_500_000, 12_378_912_000, 40,
    ]);
    expect(await read('cost', { path: 'q', per: 500_000 }, 'cost_e10', [{ q: 1225 }])).toEqual([
      24_500_000,
    ]);
  });

  test('sums and differences of what is known', async () => {
    const sum = { sum: ['a', ['b', 'c']] };
    const records = [{ a: 1, b: 2, c: 9 }, { c: 3 }, { a: '', b: 'n/a' }];
    expect(await read('inputTokens', sum, 'input_tokens', records)).toEqual([3, 3, null]);
    const rest = { path: 'total', minus: ['out', 'reasoning'] };
    const totals = [{ total: 620, out: 120 }, { out: 5 }];
    expect(await read('outputTokens', rest, 'output_tokens', totals)).toEqual([500, null]);
  });

  test('a value where a condition holds', async () => {
    const source = [{ value: 'failed', when: { path: 'error' } }, 'status'];
    const { rows } = await load(
      [
        { status: 'success', error: 'x' },
        { status: 'success', error: '' },
      ],
      { constants: { userDid: 'alice', model: 'm' }, columns: { status: source } },
    );
    expect(rows.map((row) => row['status'])).toEqual(['failed', 'success']);
  });

  test('a status of HTTP', async () => {
    const { rows } = await load([{ code: 204 }, { code: '404' }, { code: -3 }], {
      constants: { userDid: 'alice', model: 'm' },
      columns: { status: 'code' },
      values: { status: { '2xx': 'success', '*': 'failed' } },
    });
    expect(rows.map((row) => row['status'])).toEqual(['success', 'failed', 'failed']);
  });

  test('in a gzipped CSV file of a German Excel', async () => {
    const text = '\uFEFFuser_did;cents;seconds;meta\r\nalice;1,5;0,25;"{""app"":""shop""}"\r\n';
    const { rows, code } = await importFile(directory, gzipSync(text), {
      constants: { model: 'm', status: 'success', startedAt: START },
      columns: {
        cost: { path: 'cents', per: 100 },
        durationMs: { path: 'seconds', unit: 's' },
        appDid: 'meta.app',
      },
    });
    expect([code, rows]).toEqual([
      0,
      [expect.objectContaining({ cost_e10: 150_000_000, duration_us: 250_000, app_did: 'shop' })],
    ]);
  });
});

test('records that are no calls are left out and counted', async () => {
  const records = [{ kind: 'call' }, { kind: 'span' }, { kind: 'span' }, {}];
  const { rows, text, code } = await load(records, { only: { path: 'kind', is: ['call'] } });
  expect([rows.length, code]).toEqual([1, 0]);
  expect(text).toContain('4 records: 1 new calls, 0 known, 0 rejected');
  expect(text).toContain('left out, as they are no calls: 2 of kind span, 1 of kind empty');
});

test('units of the mapping are those of columns that are named by themselves', async () => {
  const { rows } = await load([{ d: 2, t: 0.5 }], {
    durationUnit: 's',
    columns: { durationMs: 'd', ttfbMs: [{ path: 't', unit: 's' }] },
  });
  expect(rows).toEqual([expect.objectContaining({ duration_us: 2_000_000, ttfb_us: 500_000 })]);
});

test.each([
  [{ cost: { path: 'a', sum: ['b'] } }, 'columns.cost must have one of path, value, sum, from'],
  [{ cost: {} }, 'columns.cost must have one of'],
  [{ cost: { path: 'a', per: 0 } }, 'columns.cost.per must be a positive integer'],
  [{ cost: { path: 'a', units: 's' } }, 'did you mean unit?'],
  [{ cost: { path: 'a', unit: 'h' } }, 'columns.cost.unit must be s, ms, us, ns'],
  [{ ttfbMs: { from: 'a' } }, 'columns.ttfbMs must have both from and to'],
  [{ cost: ['a', ''] }, 'columns.cost[1] must be the name of a column'],
  [{ cost: { sum: 'a' } }, 'columns.cost.sum must be a list'],
  [{ cost: { path: 'a', when: { is: ['x'] } } }, 'columns.cost.when.path must be'],
  [{ cost: { path: 'a', when: { path: 'b', is: 'x' } } }, 'columns.cost.when.is must be a list'],
  [{ cost: [[[[[['a']]]]]] }, 'is nested too deeply'],
])('a mapping with %j is refused', (columns, message) => {
  expect(() => checkMapping({ columns })).toThrow(message);
});
