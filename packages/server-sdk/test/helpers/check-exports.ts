import { expect } from 'vitest';
import type {
  ExportFooter,
  ExportKind,
  Overview,
  ProjectCalls,
  Projects,
  ProjectStats,
  Totals,
} from '../../src/index.js';
import type { TestServer } from './create-test-usage.js';
import { fetchFile, readCsv, readNdjson } from './exported-files.js';
import { USERS, type RangeCheck } from './random-histories.js';

type Row = Record<string, unknown>;

/** Exports every kind for every user and project, and compares rows, footers and endpoints. @returns how many rows were compared */
export async function checkExports(server: TestServer, check: RangeCheck): Promise<number> {
  const { fromMs, lengthMs, zone, granularity } = check;
  const range = `from=${fromMs}&to=${fromMs + lengthMs}&timeZone=${zone}`;
  let rows = 0;
  for (const user of USERS) {
    const get = async <T>(path: string): Promise<T> => (await server.get<T>(path, { user })).body;
    const read = async (
      kind: ExportKind,
      query = '',
    ): Promise<{ rows: Row[]; footer: ExportFooter }> => {
      const file = readNdjson(
        await fetchFile(server, `/exports/${kind}?format=ndjson&${range}${query}`, user),
      );
      if (file.footer === null) throw new Error(`${kind}${query}: no footer`);
      rows += file.rows.length;
      return { rows: file.rows, footer: file.footer };
    };
    const { totals } = await get<Overview>(`/overview?${range}`);
    const calls = await read('calls');
    requireWhole('calls', calls.footer, totals);
    requireSums('calls', calls.rows.map(toFigures), calls.footer);
    for (const [kind, query] of [
      ['projects', '&sortBy=cost'],
      ['trends', `&granularity=${granularity}`],
      ['trends', `&granularity=${granularity}&groupBy=project&top=1`],
      ['trends', '&granularity=day&groupBy=model&topBy=tokens'],
      ['models', ''],
    ] as const) {
      const { rows: parts, footer } = await read(kind, query);
      requireWhole(kind, footer, totals);
      requireSums(kind, parts, footer);
    }
    const { items } = await get<Projects>(`/projects?${range}&pageSize=100`);
    for (const { appDid } of items) {
      const path = `/projects/${encodeURIComponent(appDid)}`;
      const project = `&appDid=${encodeURIComponent(appDid)}`;
      const stats = await get<ProjectStats>(`${path}/stats?${range}`);
      for (const kind of ['calls', 'trends', 'models'] as const) {
        const file = await read(kind, project);
        requireWhole(kind, file.footer, stats.totals);
        requireSums(kind, kind === 'calls' ? file.rows.map(toFigures) : file.rows, file.footer);
      }
      for (const filter of [
        '&status=failed',
        '&model=m1',
        '&status=failed&status=success&model=m1&model=m2',
        '&sortBy=duration',
        '&minDurationMs=900',
      ]) {
        const file = await read('calls', project + filter);
        requireSums(filter, file.rows.map(toFigures), file.footer);
        const list = await get<ProjectCalls>(`${path}/calls?${range}${filter}&limit=100`);
        expect([filter, file.footer.rows]).toEqual([filter, list.total]);
        expect(file.rows.slice(0, 100).map(({ id }) => id)).toEqual(list.items.map(({ id }) => id));
      }
    }
    await compareCsv(server, user, range, calls);
  }
  return rows;
}

/** The same rows and totals in another format, to the last digit. */
async function compareCsv(
  server: TestServer,
  user: string,
  range: string,
  calls: { rows: Row[]; footer: ExportFooter },
): Promise<void> {
  const csv = readCsv(await fetchFile(server, `/exports/calls?format=csv&${range}`, user));
  const toText = (value: unknown): string => printValue(value) ?? '';
  expect(csv.rows.map(({ id, credits, cost }) => [id, credits, cost])).toEqual(
    calls.rows.map(({ id, credits, cost }) => [id, credits, cost].map(toText)),
  );
  const totals = Object.entries(calls.footer.totals as Totals);
  expect(totals.map(([name]) => csv.facts.get(`total ${name}`))).toEqual(
    totals.map(([, value]) => toText(value)),
  );
}

function requireWhole(
  kind: string,
  { totals, checked, complete }: ExportFooter,
  whole: Totals,
): void {
  expect([kind, checked, complete]).toEqual([kind, 'totals', true]);
  expect([kind, totals]).toEqual([kind, whole]);
}

const SUMMED = [
  'calls',
  'successfulCalls',
  'failedCalls',
  'processingCalls',
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'cachedInputTokens',
  'cacheWriteTokens',
  'reasoningTokens',
] as const;

/** A row of calls with the figures of one call. */
function toFigures(row: Row): Row {
  return {
    ...row,
    calls: 1,
    successfulCalls: Number(row['status'] === 'success'),
    failedCalls: Number(row['status'] === 'failed'),
    processingCalls: Number(row['status'] === 'processing'),
    // What sums leave out: costs of calls that have not ended, and those in another currency.
    cost: row['status'] !== 'processing' && row['currency'] === 'USD' ? row['cost'] : null,
  };
}

function requireSums(what: string, rows: readonly Row[], { totals }: ExportFooter): void {
  const whole = totals as Totals;
  for (const name of SUMMED) {
    const sum = rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);
    expect([what, name, sum]).toEqual([what, name, whole[name] ?? 0]);
  }
  for (const name of ['credits', 'cost'] as const) {
    const sum = rows.reduce((total, row) => total + toUnits(row[name]), 0n);
    expect([what, name, sum]).toEqual([what, name, toUnits(whole[name])]);
  }
}

/** Units of 1e-12 of a decimal; 0 of what is not known. */
function toUnits(decimal: unknown): bigint {
  const [whole = '0', fraction = ''] = (printValue(decimal) ?? '0').split('.');
  return BigInt(whole + fraction.padEnd(12, '0'));
}

/** A text or a number as text; null for nothing else. */
function printValue(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
