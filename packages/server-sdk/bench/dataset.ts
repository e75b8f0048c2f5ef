import type { StoredCall } from '../src/values/stored-call.js';

/** The shape of a load: a few users and projects have most of the calls. */
interface DatasetOptions {
  calls: number;
  users: number;
  days: number;
  /** End of the last day, epoch ms. */
  endMs: number;
  seed: number;
}

/** The user with the most calls, and 1,000 projects. */
export const HEAVY_USER = 'did:abt:user-0';
const MODELS = 30;
/** End of the last day: 10:20 UTC, in the middle of an hour. */
export const BENCH_END_MS = Date.UTC(2026, 10, 22, 10, 20);
const DAY_MS = 86_400_000;

/** A year of a product that grew: 5 % of the calls in its first 275 days, 95 % in its last 90. */
export function* generateYear(calls: number): Generator<StoredCall> {
  const early = Math.round(calls / 20);
  const shared = { users: 200 };
  const lastQuarterMs = BENCH_END_MS - 90 * DAY_MS;
  yield* generateDataset({ ...shared, calls: early, days: 275, endMs: lastQuarterMs, seed: 2 });
  yield* generateDataset({
    ...shared,
    calls: calls - early,
    days: 90,
    endMs: BENCH_END_MS,
    seed: 1,
  });
}

/** Gives the next calls of a year of twenty million. */
export type Take = (count: number) => StoredCall[];

/** @param skipped calls of the year before the first that is given: of its first million, hours are quiet */
export function callsFrom(skipped: number): Take {
  const year = generateYear(20_000_000);
  for (let index = 0; index < skipped; index += 1) year.next();
  return (count) =>
    Array.from({ length: count }, () => {
      const next = year.next();
      if (next.done) throw new Error('The data set is used up; ask for fewer calls');
      return next.value;
    });
}

/**
 * Calls in the order of their start: users and projects by Zipf's law, day and night, log-normal durations with a
 * Pareto tail, 3 % failed, 1 % without a project, ids that sort by time.
 */
function* generateDataset(options: DatasetOptions): Generator<StoredCall> {
  const random = mulberry32(options.seed);
  const pickUser = zipf(options.users, random);
  const pickers = Array.from({ length: options.users }, (_, user) =>
    zipf(Math.max(3, Math.round(1000 / (user + 1))), random),
  );
  const spanMs = options.days * DAY_MS;
  const stepMs = spanMs / options.calls;
  const startMs = options.endMs - spanMs;
  for (let index = 0; index < options.calls; index += 1) {
    const evenMs = startMs + (index + random()) * stepMs;
    const atMs = Math.min(options.endMs - 1, Math.max(startMs, evenMs + rhythm(evenMs)));
    const user = pickUser();
    const project = pickers[user]?.() ?? 0;
    const failed = random() < 0.03;
    const tokens = Math.ceil(400 * random() ** 3 * 10);
    yield {
      userDid: `did:abt:user-${user}`,
      id: `01${Math.floor(atMs).toString(36).toUpperCase()}${index.toString(36).toUpperCase().padStart(12, '0')}`,
      traceId: null,
      appDid:
        random() < 0.01
          ? 'unassigned'
          : `zNKproject${user}x${String(project).padStart(4, '0')}abcdefghijklmnop`,
      model: `model-${Math.floor(random() ** 2 * MODELS)}`,
      provider: 'provider',
      type: 'chatCompletion',
      status: failed ? 'failed' : 'success',
      startedAtMs: Math.floor(atMs),
      durationUs: duration(random),
      ttfbUs: Math.ceil(300_000 * random()),
      inputTokens: tokens,
      outputTokens: Math.ceil(tokens / 4),
      totalTokens: tokens + Math.ceil(tokens / 4),
      units: null,
      creditsE10: Math.ceil(tokens * 1234.5) * 100,
      ...{
        cachedInputTokens: Math.floor(tokens / 3),
        cacheWriteTokens: null,
        reasoningTokens: null,
      },
      costE10: tokens * 12_345,
      ...{ currency: 'USD', costSource: 'priced', priceTable: 'genai-prices@0.0.40' },
      errorReason: failed ? '429: rate limited' : null,
      metadata: null,
    };
  }
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Picks 0 to `size - 1`, the n-th in proportion to 1/n. */
function zipf(size: number, random: () => number): () => number {
  const weights = Array.from({ length: size }, (_, index) => 1 / (index + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const cumulative = weights.map((weight) => (sum += weight / total));
  return () => {
    const at = random();
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] ?? 1) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** How far to shift an evenly spread call, so that the afternoon has three times as many as the night. */
function rhythm(atMs: number): number {
  const day = (atMs / DAY_MS) * 2 * Math.PI;
  return 0.5 * (DAY_MS / (2 * Math.PI)) * Math.sin(day - (16 / 24) * 2 * Math.PI + Math.PI);
}

function duration(random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const tail = random() < 0.01 ? (1 - random()) ** -0.7 : 1;
  return Math.min(900_000_000, Math.ceil(1_800_000 * Math.exp(0.7 * normal) * tail));
}
