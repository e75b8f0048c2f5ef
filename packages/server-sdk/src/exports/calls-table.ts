import type { CallItem } from '../contract/project-calls.js';
import { CallFigures, sumFigures, type CountedCall } from '../aggregates/model/call-figures.js';
import { toTotals } from '../aggregates/model/totals.js';
import { isAllowed } from '../queries/calls/call-filter.js';
import { countStatuses } from '../queries/calls/count-statuses.js';
import { readCallPage } from '../queries/calls/call-page-store.js';
import { toCallItem, toPosition, toProviderId } from '../queries/calls/call-service.js';
import type { CallPosition } from '../queries/calls/call-page-rows.js';
import { requireCalls } from '../queries/project-service.js';
import { describeProvidersOf, type DescribedProvider } from '../queries/provider-info.js';
import { readScopedFiguresIn } from '../queries/scoped-figures.js';
import type { UserSnapshot } from '../queries/user-snapshot.js';
import { modelKeyFromText, toCallType } from '../values/model-key.js';
import type { StoredCall } from '../values/stored-call.js';
import type { ExportDependencies } from './export-dependencies.js';
import { readCallsOfProjects } from './call-batch-store.js';
import { describeQuery, type CallsExport, type ExportRequest } from './export-query.js';
import {
  ExportMismatchError,
  listUnits,
  type ExportColumn,
  type ExportRow,
  type ExportTable,
} from './export-table.js';
import type { ExportCheck } from '../contract/exports.js';

/** Calls that one statement reads: few enough that reading them does not hold the event loop for long. */
const CALLS_PER_STATEMENT = 300;

const COLUMNS: readonly ExportColumn[] = [
  { name: 'id', type: 'text' },
  { name: 'traceId', type: 'text' },
  { name: 'startedAt', type: 'instant' },
  { name: 'appDid', type: 'text' },
  { name: 'projectName', type: 'text' },
  { name: 'status', type: 'text' },
  { name: 'model', type: 'text' },
  { name: 'provider', type: 'text' },
  { name: 'providerName', type: 'text' },
  { name: 'type', type: 'text' },
  { name: 'inputTokens', type: 'integer', unit: 'tokens' },
  { name: 'outputTokens', type: 'integer', unit: 'tokens' },
  { name: 'totalTokens', type: 'integer', unit: 'tokens' },
  { name: 'cachedInputTokens', type: 'integer', unit: 'tokens' },
  { name: 'cacheWriteTokens', type: 'integer', unit: 'tokens' },
  { name: 'reasoningTokens', type: 'integer', unit: 'tokens' },
  { name: 'units', type: 'number', unit: 'of the type' },
  { name: 'durationMs', type: 'number', unit: 'ms' },
  { name: 'ttfbMs', type: 'number', unit: 'ms' },
  { name: 'credits', type: 'decimal', unit: 'credits' },
  { name: 'cost', type: 'decimal', unit: 'the column currency' },
  { name: 'currency', type: 'text' },
  { name: 'costSource', type: 'text' },
  { name: 'priceTable', type: 'text' },
  { name: 'errorReason', type: 'text' },
  { name: 'metadata', type: 'json' },
];

type Request = ExportRequest & { query: CallsExport };

/**
 * The table of calls of a snapshot, which must stay open while it is read: pages follow one another by key, so that memory
 * does not grow with the rows.
 *
 * @throws UsageError `PROJECT_NOT_FOUND`
 */
export async function createCallsTable(
  deps: ExportDependencies,
  snapshot: UserSnapshot,
  request: Request,
): Promise<ExportTable> {
  const { query } = request;
  if (query.appDid !== null) {
    requireCalls(await snapshot.firstCallAtMs(query.appDid), query.appDid);
  }
  const expected = await readExpected(snapshot, request);
  const written = new CallFigures();
  const { currency } = snapshot;
  return {
    header: {
      record: 'header',
      version: 1,
      ...describeQuery(query),
      freshness: snapshot.freshness,
      currency,
      quotaCurrency: null,
      stale: null,
      units: listUnits(COLUMNS),
      columns: COLUMNS.map(({ name }) => name),
    },
    columns: COLUMNS,
    maxRows: expected.maxRows,
    readBatches: async function* () {
      const describe = createRowDescriber(deps);
      for await (const calls of readPages(snapshot, request)) {
        for (const call of calls) written.addCall(toCounted(call, currency));
        yield await describe(calls);
      }
    },
    finish: () => {
      const totals = toTotals(written, currency);
      const isEqual =
        expected.check === 'totals'
          ? JSON.stringify(totals) === JSON.stringify(toTotals(expected.figures, currency))
          : expected.check === 'none' || written.calls === expected.rows;
      if (!isEqual) throw new ExportMismatchError('The calls do not add up to their totals');
      return {
        record: 'footer',
        rows: written.calls,
        totals,
        checked: expected.check,
        complete: true,
      };
    },
  };
}

/** What the rows must add up to. */
interface Expected {
  check: ExportCheck;
  figures: CallFigures;
  rows: number;
  maxRows: number;
}

/** Reads what pre-aggregates of the snapshot say of the rows: they distinguish models, types and statuses, and nothing else. */
async function readExpected(snapshot: UserSnapshot, request: Request): Promise<Expected> {
  const { query } = request;
  const range = cutRange(snapshot, query);
  if (range === null) {
    return { check: 'totals', figures: new CallFigures(), rows: 0, maxRows: 0 };
  }
  const ranges = [{ ...range, parts: { models: true } }];
  const [found] =
    query.appDid === null
      ? await readScopedFiguresIn(snapshot, request.projects, ranges)
      : await snapshot.figures(ranges, query.appDid);
  const groups = [...(found?.models ?? new Map<string, CallFigures>())];
  const figures = sumFigures(
    groups.flatMap(([key, part]) => {
      const { model, type } = modelKeyFromText(key);
      return isAllowed(query.models, model) && isAllowed(query.types, type) ? [part] : [];
    }),
  );
  const rows = countStatuses(figures, query.statuses);
  const { isOwn } = snapshot.transaction.calls;
  const maxRows = isOwn ? rows : Number.POSITIVE_INFINITY;
  return { check: chooseCheck(snapshot, query), figures, rows, maxRows };
}

/** Aggregates of a host's table follow its changes with the next scan, so they cannot be held against its rows. */
function chooseCheck({ transaction }: UserSnapshot, query: CallsExport): ExportCheck {
  const isCounted = query.minDurationMs === null && query.search === null;
  if (!transaction.calls.isOwn || !isCounted) return 'none';
  return query.statuses === null ? 'totals' : 'rowCount';
}

/** The part of the range whose calls are stored; `null`: none is. */
function cutRange(
  { progress: { archivedBeforeMs } }: UserSnapshot,
  { range }: CallsExport,
): { fromMs: number; toMs: number } | null {
  const fromMs = Math.max(range.fromMs, archivedBeforeMs);
  return fromMs < range.toMs ? { fromMs, toMs: range.toMs } : null;
}

/** Reads the calls page by page, each after the last call of the one before. */
async function* readPages(
  snapshot: UserSnapshot,
  { userDid, projects, query }: Request,
): AsyncGenerator<readonly StoredCall[]> {
  const range = cutRange(snapshot, query);
  if (range === null) return;
  const { sortBy, sortOrder, minDurationMs, appDid, models, statuses, types, search } = query;
  const minDurationUs = minDurationMs === null ? null : Math.ceil(minDurationMs * 1000);
  const filter = { range, models, statuses, types, search, minDurationUs };
  const limit = CALLS_PER_STATEMENT;
  let after: CallPosition | null = null;
  for (;;) {
    const page = { sortBy, sortOrder, limit, after };
    const calls: StoredCall[] =
      appDid === null
        ? await readCallsOfProjects(snapshot.transaction, userDid, { filter, projects }, page)
        : await readCallPage(snapshot.transaction, userDid, { ...filter, appDid }, page);
    if (calls.length > 0) yield calls;
    const last = calls.at(-1);
    if (!last || calls.length < limit) return;
    after = toPosition(last, sortBy);
  }
}

/** A call as figures count it; another program may have written fractions, unknown types and other currencies. */
function toCounted(call: StoredCall, currency: string): CountedCall {
  const round = (value: number | null): number | null => value && Math.round(value);
  return {
    status: call.status,
    type: toCallType(call.type),
    startedAtMs: Math.floor(call.startedAtMs),
    durationUs: round(call.durationUs),
    ttfbUs: round(call.ttfbUs),
    inputTokens: round(call.inputTokens),
    outputTokens: round(call.outputTokens),
    totalTokens: round(call.totalTokens),
    cachedInputTokens: round(call.cachedInputTokens),
    cacheWriteTokens: round(call.cacheWriteTokens),
    reasoningTokens: round(call.reasoningTokens),
    creditsE10: call.creditsE10,
    costE10: call.currency === currency ? call.costE10 : null,
  };
}

/** Makes rows of calls; names of projects and providers are asked for once. */
function createRowDescriber({
  describe,
  describeProviders,
}: ExportDependencies): (calls: readonly StoredCall[]) => Promise<ExportRow[]> {
  const projects = new Map<string, string | null>();
  const providers = new Map<string, DescribedProvider>();
  return async (calls) => {
    const newProjects = new Set(calls.map(({ appDid }) => appDid).filter((x) => !projects.has(x)));
    for (const [appDid, { name }] of await describe([...newProjects])) projects.set(appDid, name);
    const newProviders = calls
      .map(({ provider }) => toProviderId(provider))
      .filter((provider) => provider !== null && !providers.has(provider));
    for (const [provider, described] of await describeProvidersOf(describeProviders, newProviders))
      providers.set(provider, described);
    return calls.map((call) =>
      toRow(toCallItem(call, providers), call, projects.get(call.appDid) ?? null),
    );
  };
}

function toRow(
  call: CallItem,
  { startedAtMs, appDid }: StoredCall,
  projectName: string | null,
): ExportRow {
  const { usage } = call;
  return [
    call.id,
    call.traceId,
    Math.floor(startedAtMs),
    appDid,
    projectName,
    call.status,
    call.model,
    call.provider,
    call.providerName,
    call.type,
    usage.inputTokens,
    usage.outputTokens,
    usage.totalTokens,
    usage.cachedInputTokens,
    usage.cacheWriteTokens,
    usage.reasoningTokens,
    usage.units,
    call.durationMs,
    call.ttfbMs,
    call.credits,
    call.cost,
    call.currency,
    call.costSource,
    call.priceTable,
    call.errorReason,
    call.metadata,
  ];
}
