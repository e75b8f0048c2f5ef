import type { CallStatus } from '@usage-kit/server-sdk/contract';
import { logNormal } from './distributions.js';
import { createRng, type Rng } from './rng.js';

const HOUR_MS = 3_600_000;

/** One hour of one client of the production trace. */
export interface ServegenHour {
  client: number;
  /** From the start of the trace. */
  hour: number;
  requestsPerSecond: number;
  /** `null` for clients whose token data is missing. */
  meanInputTokens: number | null;
  meanOutputTokens: number | null;
}

/** One real call: what a drawn call takes its model, latency, status and error from. */
export interface MeasuredCall {
  provider: string;
  model: string;
  status: CallStatus;
  errorReason: string;
  ttfbMs: number | null;
  durationMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
}

/** What decides a drawn load. */
export interface ServegenSpec {
  seed: string;
  hours: readonly ServegenHour[];
  measured: readonly MeasuredCall[];
  /** How many calls to scale the trace to; every client has at least a few. */
  calls: number;
  /** The start of the trace's hour 0, epoch milliseconds. */
  startMs: number;
}

/** A drawn call; the columns of the file that is imported. */
export interface ServegenCall {
  id: string;
  appDid: string;
  provider: string;
  model: string;
  status: CallStatus;
  startedAtMs: number;
  durationMs: number | null;
  ttfbMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  errorReason: string;
}

/** The largest client sends 50 million times what the smallest does: scaled down alike, small ones would vanish. */
const MIN_CALLS_PER_CLIENT = 12;
const TOKEN_SIGMA = 0.9;

/**
 * Draws a load with the real skew between projects, day and night, and tails; hour by hour, ordered by start.
 *
 * Holds one hour at a time, so its memory does not grow with the number of calls.
 */
export function* drawServegenCalls(spec: ServegenSpec): Generator<ServegenCall> {
  const scales = computeClientScales(spec);
  const pairs = groupByPair(spec.measured);
  /** Calls that each client should have sent so far; rounding this, and not each hour, keeps the sum. */
  const due = new Map<number, number>();
  for (const rows of groupByHour(spec.hours)) {
    const calls: ServegenCall[] = [];
    for (const row of rows) {
      const before = due.get(row.client) ?? 0;
      const after = before + row.requestsPerSecond * 3600 * (scales.get(row.client) ?? 0);
      due.set(row.client, after);
      const count = Math.round(after) - Math.round(before);
      const rng = createRng(`${spec.seed}/${row.client}/${row.hour}`);
      for (let index = 0; index < count; index += 1) {
        calls.push(drawOne(rng, { spec, pairs }, row, index));
      }
    }
    yield* calls.sort((a, b) => a.startedAtMs - b.startedAtMs || (a.id < b.id ? -1 : 1));
  }
}

function computeClientScales({ hours, calls }: ServegenSpec): Map<number, number> {
  const totals = new Map<number, number>();
  for (const { client, requestsPerSecond } of hours) {
    totals.set(client, (totals.get(client) ?? 0) + requestsPerSecond * 3600);
  }
  const total = [...totals.values()].reduce((sum, value) => sum + value, 0);
  const scales = [...totals].map(
    ([client, own]) => [client, Math.max(calls / total, MIN_CALLS_PER_CLIENT / own)] as const,
  );
  return new Map(scales);
}

function groupByHour(hours: readonly ServegenHour[]): ServegenHour[][] {
  const groups = new Map<number, ServegenHour[]>();
  for (const row of hours) {
    const group = groups.get(row.hour);
    if (group) group.push(row);
    else groups.set(row.hour, [row]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, rows]) => rows);
}

function groupByPair(measured: readonly MeasuredCall[]): MeasuredCall[][] {
  const groups = new Map<string, MeasuredCall[]>();
  for (const call of measured) {
    const key = `${call.provider}/${call.model}`;
    const group = groups.get(key);
    if (group) group.push(call);
    else groups.set(key, [call]);
  }
  return [...groups.values()];
}

/** A client uses a few of the provider and model pairs, its favourite most. */
function drawMeasured(
  rng: Rng,
  spec: ServegenSpec,
  client: number,
  pairs: readonly MeasuredCall[][],
): MeasuredCall {
  const taste = createRng(`${spec.seed}/taste/${client}`);
  const first = Math.floor(taste() * pairs.length);
  const step = 1 + Math.floor(taste() * 4);
  const place = Math.floor(4 * rng() ** 2);
  const rows = pairs[(first + place * step) % pairs.length] ?? [];
  const row = rows[Math.floor(rng() * rows.length)];
  if (!row) throw new RangeError('There is no measured call to draw from.');
  return row;
}

function drawOne(
  rng: Rng,
  { spec, pairs }: { spec: ServegenSpec; pairs: readonly MeasuredCall[][] },
  row: ServegenHour,
  index: number,
): ServegenCall {
  const measured = drawMeasured(rng, spec, row.client, pairs);
  const failed = measured.status === 'failed';
  return {
    id: `sg-${row.client}-${row.hour}-${index}`,
    appDid: `client-${String(row.client).padStart(2, '0')}`,
    provider: measured.provider,
    model: measured.model,
    status: measured.status,
    startedAtMs: spec.startMs + row.hour * HOUR_MS + Math.floor(rng() * HOUR_MS),
    durationMs: measured.durationMs,
    ttfbMs: measured.ttfbMs,
    inputTokens: drawTokens(rng, row.meanInputTokens) ?? measured.inputTokens,
    outputTokens: failed ? 0 : (drawTokens(rng, row.meanOutputTokens) ?? measured.outputTokens),
    errorReason: measured.errorReason,
  };
}

/** Log-normal with the hour's mean; `null` where the trace has none. */
function drawTokens(rng: Rng, mean: number | null): number | null {
  if (mean === null) return null;
  return Math.max(
    1,
    Math.round(logNormal(rng, mean / Math.exp(TOKEN_SIGMA ** 2 / 2), TOKEN_SIGMA)),
  );
}
