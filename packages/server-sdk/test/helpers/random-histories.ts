import fc from 'fast-check';
import type { Granularity } from '../../src/index.js';
import type { ReferenceCall } from './reference-model.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Three days and an edge: every hour has calls. */
const SHORT_MS = 75 * HOUR_MS;
/** A whole month lies within, so that answers are made of months, days, hours and calls. */
const LONG_MS = 45 * DAY_MS;

/** Days on which clocks change in several of the zones. */
const SHORT_STARTS = [
  '2026-03-07',
  '2026-03-28',
  '2026-04-04',
  '2026-10-03',
  '2026-10-24',
  '2026-02-27',
];
/** Within 45 days of each: a month's beginning and end, and changes of clocks. */
const LONG_STARTS = ['2026-02-26', '2026-03-22', '2026-10-20', '2025-12-28'];

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Shanghai',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
];
export const USERS = ['alice', 'bob'] as const;
const PROJECTS = ['app', '项目/甲', 'unassigned'] as const;
const STATUSES: ReferenceCall['status'][] = [
  'success',
  'success',
  'success',
  'failed',
  'processing',
];

type NewCall = Omit<ReferenceCall, 'startedAt'>;

/** A call and when it starts, ms after the history's start. */
export type TimedCall = readonly [call: NewCall, offsetMs: number];

/** What another program does with plain SQL. `pick` chooses among the calls there are. */
export type PlainChange =
  | { how: 'insert'; call: NewCall; offsetMs: number }
  | { how: 'delete'; pick: number }
  | { how: 'move'; pick: number; offsetMs: number }
  | { how: 'status'; pick: number; status: ReferenceCall['status'] }
  | { how: 'credits'; pick: number; credits: string }
  | { how: 'project'; pick: number; appDid: string };

/** A range and how it is looked at. */
export interface RangeCheck {
  fromMs: number;
  lengthMs: number;
  zone: string;
  granularity: Granularity;
}

/** What happens next; `instance` is the usage that does it, 0 or 1. */
export type Step =
  | { kind: 'record'; instance: number; calls: TimedCall[] }
  /** A call whose writer's clock is ahead of the one that rolls up. */
  | { kind: 'ahead'; instance: number; call: NewCall; aheadMs: number }
  /** A call that is processing ends, perhaps hours after its hour was rolled up. */
  | { kind: 'end'; instance: number; pick: number; durationMs: number; credits: string }
  | { kind: 'plain'; change: PlainChange }
  /** Both instances write and roll up, and another program writes, all concurrently. */
  | { kind: 'together'; calls: TimedCall[][]; change: PlainChange; atMs: number }
  | { kind: 'rollup'; instance: number; atMs: number }
  | { kind: 'restart'; instance: number }
  | ({ kind: 'check'; instance: number } & RangeCheck);

/** A history of some days; times are ms after `startMs`. */
export interface History {
  startMs: number;
  spanMs: number;
  steps: Step[];
}

const credits = fc
  .bigInt({ min: 0n, max: 900_000_000_000_000n })
  .map((e8) => `${e8 / 100_000_000n}.${(e8 % 100_000_000n).toString().padStart(8, '0')}`);

const money = fc
  .bigInt({ min: 0n, max: 900_000_000_000_000n })
  .map((e10) => `${e10 / 10_000_000_000n}.${(e10 % 10_000_000_000n).toString().padStart(10, '0')}`);

/** Tokens whose parts are not more than their whole, known or not. */
const usage = fc
  .record({
    inputTokens: fc.option(fc.nat(5000), { nil: undefined, freq: 8 }),
    outputTokens: fc.option(fc.nat(900), { nil: undefined, freq: 4 }),
    shares: fc.option(fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)), { nil: undefined }),
  })
  .map(({ inputTokens, outputTokens, shares }) => {
    if (!shares) return { inputTokens, outputTokens };
    const [read, write, reasoning] = shares;
    return {
      inputTokens,
      outputTokens,
      ...(inputTokens !== undefined && {
        cachedInputTokens: Math.floor((inputTokens * read) / 200),
        ...(write > 40 && { cacheWriteTokens: Math.floor((inputTokens * write) / 200) }),
      }),
      ...(outputTokens !== undefined && {
        reasoningTokens: Math.floor((outputTokens * reasoning) / 100),
      }),
    };
  });

const call: fc.Arbitrary<NewCall> = fc.record({
  id: fc.integer({ min: 0, max: 40 }).map((number) => `call-${number}`),
  userDid: fc.constantFrom(...USERS),
  appDid: fc.constantFrom(...PROJECTS),
  model: fc.constantFrom('m1', 'm2'),
  provider: fc.constantFrom('p', 'q', undefined),
  type: fc.constantFrom('chatCompletion' as const, 'imageGeneration' as const),
  status: fc.constantFrom(...STATUSES),
  errorReason: fc.constantFrom(undefined, 'Rate limit reached', 'Request timed out', '?'),
  durationMs: fc.option(
    fc.integer({ min: 0, max: 60_000_000 }).map((us) => us / 1000),
    { nil: undefined, freq: 8 },
  ),
  ttfbMs: fc.option(
    fc.integer({ min: 0, max: 6_000_000 }).map((us) => us / 1000),
    { nil: undefined, freq: 2 },
  ),
  usage: fc.option(usage, { nil: undefined, freq: 6 }),
  cost: fc.option(money, { nil: undefined, freq: 3 }),
  currency: fc.constantFrom(undefined, undefined, 'USD', 'EUR'),
  credits: fc.option(credits, { nil: undefined, freq: 6 }),
});

/** Mostly anywhere, often on the very edge of an hour. */
function offsetWithin(spanMs: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.nat(spanMs - 1),
    fc
      .tuple(fc.nat(spanMs / HOUR_MS - 1), fc.constantFrom(0, 1, HOUR_MS - 1))
      .map(([hour, ms]) => hour * HOUR_MS + ms),
  );
}

function changeWithin(offset: fc.Arbitrary<number>): fc.Arbitrary<PlainChange> {
  const pick = fc.nat(1000);
  return fc.oneof(
    fc.record({ how: fc.constant('insert' as const), call, offsetMs: offset }),
    fc.record({ how: fc.constant('delete' as const), pick }),
    fc.record({ how: fc.constant('move' as const), pick, offsetMs: offset }),
    fc.record({ how: fc.constant('status' as const), pick, status: fc.constantFrom(...STATUSES) }),
    fc.record({ how: fc.constant('credits' as const), pick, credits }),
    fc.record({ how: fc.constant('project' as const), pick, appDid: fc.constantFrom(...PROJECTS) }),
  );
}

/** A range of any length; hours are asked for where they are not thousands. */
function checkWithin(spanMs: number, offset: fc.Arbitrary<number>): fc.Arbitrary<Step> {
  return fc
    .record({
      instance: fc.nat(1),
      fromMs: offset,
      lengthMs: fc.integer({ min: 1, max: spanMs }),
      zone: fc.constantFrom(...ZONES),
      granularity: fc.constantFrom<Granularity[]>('hour', 'hour', 'day', 'day', 'month'),
    })
    .map((fields): Step => {
      const tooMany = fields.granularity === 'hour' && fields.lengthMs > SHORT_MS;
      return { kind: 'check', ...fields, granularity: tooMany ? 'day' : fields.granularity };
    });
}

function stepWithin(spanMs: number, most: number): fc.Arbitrary<Step> {
  const offset = offsetWithin(spanMs);
  const change = changeWithin(offset);
  const calls = fc.array(fc.tuple(call, offset), { minLength: 1, maxLength: most });
  const instance = fc.nat(1);
  const atMs = offset.map((ms) => ms + HOUR_MS);
  const kind = <K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name);
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: kind('record'), instance, calls }) },
    { weight: 5, arbitrary: fc.record({ kind: kind('rollup'), instance, atMs }) },
    { weight: 4, arbitrary: checkWithin(spanMs, offset) },
    { weight: 3, arbitrary: fc.record({ kind: kind('plain'), change }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: kind('together'),
        calls: fc.tuple(calls, calls).map((both) => [...both]),
        change,
        atMs,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: kind('ahead'), instance, call, aheadMs: fc.nat(HOUR_MS) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: kind('end'),
        instance,
        pick: fc.nat(1000),
        durationMs: fc.integer({ min: 0, max: 4 * HOUR_MS }),
        credits,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: kind('restart'), instance }) },
  );
}

function historyOf(starts: readonly string[], spanMs: number, most: number): fc.Arbitrary<History> {
  return fc.record({
    startMs: fc.constantFrom(...starts).map((day) => Date.parse(`${day}T00:00:00Z`)),
    spanMs: fc.constant(spanMs),
    steps: fc.array(stepWithin(spanMs, most), { minLength: 8, maxLength: 20 }),
  });
}

/** Three busy days, or 45 with few calls. */
export const histories: fc.Arbitrary<History> = fc.oneof(
  { weight: 3, arbitrary: historyOf(SHORT_STARTS, SHORT_MS, 25) },
  { weight: 1, arbitrary: historyOf(LONG_STARTS, LONG_MS, 15) },
);
