import type { AdviceOutcome } from '../contract/advice.js';
import type { UserSnapshot } from '../queries/user-snapshot.js';
import { toInstant } from '../values/time.js';
import { NO_MIN_CALLS } from './advice-draft.js';
import type { AdviceDependencies } from './find-advice.js';
import { findCacheSavings } from './cache-savings.js';
import { findFailedCalls } from './failed-calls.js';
import { createTokenRates, type FindTokenRates } from './list-prices.js';
import {
  countModelCalls,
  countRecentCalls,
  measureSaving,
  toSinceRange,
  type Since,
} from './measure-advice.js';
import { findPriceDifferences } from './price-difference.js';
import { MAX_CALLS_READ, readRecentCalls, type RecentCalls } from './recent-calls-store.js';
import { findRetries } from './retries.js';
import { readAdviceStates } from './advice-state-store.js';
import { computePromise, parseAdvice, type StoredAdvice } from './stored-advice.js';

/** The advice that a user dismissed or did. */
export interface AdviceHistory {
  /** By id, the newest first. */
  stored: ReadonlyMap<string, StoredAdvice>;
  /** Of what is done; `null`: not to be seen. */
  outcomes: ReadonlyMap<string, AdviceOutcome> | null;
}

/** How the history of advice is read. */
export interface AdviceHistoryQuery extends Pick<AdviceDependencies, 'pricing' | 'advice'> {
  hasOutcomes: boolean;
  nowMs: number;
}

/** Done advice that is measured, the newest; each reads aggregates of its time. */
const MAX_MEASURED = 10;

/** Reads what a user did with advice, and measures what is done. @throws StatementError when the database fails */
export async function readAdviceHistory(
  snapshot: UserSnapshot,
  userDid: string,
  query: AdviceHistoryQuery,
): Promise<AdviceHistory> {
  const rows = await readAdviceStates(snapshot.transaction, userDid);
  const stored = rows.flatMap((row) => parseAdvice(row) ?? []);
  const byId = new Map(stored.map((advice) => [advice.id, advice]));
  if (!query.hasOutcomes) return { stored: byId, outcomes: null };
  const done = stored.filter(({ state }) => state === 'done');
  const measured = done.filter(({ basis }) => basis !== null).slice(0, MAX_MEASURED);
  const recent = await readSince(snapshot, userDid, measured, query.nowMs);
  const outcomes = new Map<string, AdviceOutcome>();
  for (const advice of done) {
    const since = measured.includes(advice)
      ? await findSince(snapshot, advice, recent, query)
      : null;
    outcomes.set(advice.id, {
      doneAt: toInstant(advice.changedAtMs),
      promised: computePromise(advice),
      measured: since && measureSaving(userDid, advice, since),
      calls: since?.calls ?? 0,
    });
  }
  return { stored: byId, outcomes };
}

const isOfCalls = ({ item }: StoredAdvice): boolean =>
  item.claim.kind === 'failedCalls' || item.claim.kind === 'retries';

/** The calls since the first of the advice on failures and repeats was done. */
async function readSince(
  { transaction }: UserSnapshot,
  userDid: string,
  measured: readonly StoredAdvice[],
  nowMs: number,
): Promise<RecentCalls> {
  const startsMs = measured.filter(isOfCalls).map(({ changedAtMs }) => changedAtMs);
  const fromMs = Math.min(nowMs + 1, ...startsMs);
  return readRecentCalls(transaction, userDid, {
    ...{ fromMs, toMs: nowMs + 1, projects: null, limit: MAX_CALLS_READ },
  });
}

/** What is found since an advice was done, by the same rules without a minimum of calls. */
async function findSince(
  snapshot: UserSnapshot,
  advice: StoredAdvice,
  recent: RecentCalls,
  query: AdviceHistoryQuery,
): Promise<Since> {
  const range = toSinceRange(advice, query.nowMs);
  const { currency } = snapshot;
  const { archivedBeforeMs } = snapshot.progress;
  const [from, to] = [toInstant(range.fromMs), toInstant(range.toMs)];
  const shared = { from, to, currency, minCalls: NO_MIN_CALLS };
  if (isOfCalls(advice)) {
    const isIn = (ms: number): boolean => ms >= range.fromMs && ms < range.toMs;
    const calls = recent.calls.filter(({ startedAtMs }) => isIn(startedAtMs));
    const period = { ...shared, calls };
    return {
      drafts: [...findFailedCalls(period), ...findRetries(period)],
      calls: countRecentCalls(advice, calls),
      isComplete: range.fromMs >= Math.max(recent.fromMs, archivedBeforeMs),
      range,
    };
  }
  const ranges = [{ ...range, parts: { models: true } }];
  const [figures] = await snapshot.figures(ranges, null);
  const models = figures?.models ?? new Map<string, never>();
  const findRates = createTokenRates(query.pricing?.prices ?? [], currency, range.toMs - 1);
  const period = { ...shared, models, recent: [], findRates };
  const drafts = [
    ...findCacheSavings(period),
    ...findPriceDifferences(period, query.advice.alternatives),
  ];
  // Without prices nothing is found, which is no saving.
  const isComplete = isPriced(advice, findRates, query);
  return { drafts, calls: countModelCalls(advice, models), isComplete, range };
}

/** Whether the list prices that an advice is computed by are known, and the host still names the alternative. */
function isPriced(
  { item: { claim }, subject }: StoredAdvice,
  findRates: FindTokenRates,
  { advice: { alternatives } }: AdviceHistoryQuery,
): boolean {
  const { kind } = claim;
  if (kind === 'cacheSavings') {
    return findRates({ ...claim, provider: claim.provider ?? '' }) !== null;
  }
  if (kind !== 'priceDifference') return false;
  const provider = subject.at(-1) ?? '';
  const isNamed = alternatives.some(
    (each) =>
      each.model === claim.alternative &&
      each.insteadOf === claim.model &&
      (each.provider ?? '') === provider,
  );
  return isNamed && findRates({ model: claim.alternative, provider, type: claim.type }) !== null;
}
