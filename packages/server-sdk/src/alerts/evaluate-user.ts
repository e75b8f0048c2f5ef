import type { AlertChannel } from '../contract/alerts.js';
import type { Quota } from '../contract/quota.js';
import {
  MAX_BACKDATED_MS,
  deleteBackdated,
  readBackdated,
  type BackdatedQuarter,
} from '../aggregates/store/backdated-store.js';
import type { Database } from '../db/database.js';
import { retryWrites } from '../db/retry-writes.js';
import { readSnapshot, type UserSnapshot } from '../queries/user-snapshot.js';
import { withoutTransaction, writeInTransaction } from '../db/transaction.js';
import { MINUTE_MS, SECOND_MS } from '../values/time.js';
import type { ListHostRules } from './host-rules.js';
import { getPeriod } from './model/alert-period.js';
import type { Rule } from './model/alert-rule.js';
import { findDue } from './model/find-due.js';
import { BackdatedSums } from './model/backdated-sums.js';
import { measureRule, type Measure } from './model/measure-rule.js';
import { measureQuota } from './model/measure-quota.js';
import { QUOTA_METRICS } from './model/rule-definition.js';
import { advanceRule, type RuleState } from './model/rule-state.js';
import { toEvent } from './model/to-event.js';
import type { NewAlertEvent } from './outbox/alert-event.js';
import { writeEvents } from './outbox/event-store.js';
import { listRules } from './list-rules.js';
import { readRuleFigures } from './read-rule-figures.js';
import {
  addAlertUser,
  lockAlerts,
  readAlertRevision,
  readStates,
  setAlertsDue,
  writeStates,
  type StoredState,
} from './rule-store.js';

/** Dependencies of an evaluation. */
export interface EvaluationDependencies {
  database: Database;
  /** `null`: the host has no rules. */
  listHostRules: ListHostRules | null;
  /** The channels that the host has: events go to no other. */
  channels: readonly AlertChannel[];
  /** Reads a user's quota; `null`: there is no provider here, and rules of the quota hold their state. */
  readQuota: ((userDid: string, nowMs: number) => Promise<Quota>) | null;
  /** Rules of calls hold their state while the rollup is further behind, since a response would read long tails of calls. */
  maxLagSeconds: number;
  /** Called when events were stored. Must not throw. */
  onEvents?: () => void;
}

/** The outcome of an evaluation. */
export interface EvaluationReport {
  /** Rules that were evaluated. */
  rules: number;
  /** Events that were written. */
  events: number;
}

/** Evaluations that others overtook before this one gives up; the rules are due again then. */
const MAX_ATTEMPTS = 5;
/** When rules of a user are due again after an evaluation that did not end. */
const RETRY_AFTER_MS = MINUTE_MS;

/**
 * Evaluates all rules of a user on the figures of one snapshot, and stores states and events in one transaction. Evaluations
 * of the same user exclude each other by the revision of the user's alerts: one that another has overtaken starts again.
 *
 * @throws StatementError when the database fails
 */
export async function evaluateUser(
  deps: EvaluationDependencies,
  userDid: string,
  nowMs: number,
): Promise<EvaluationReport> {
  const { database } = deps;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const rules = await listRules(deps, withoutTransaction(database), userDid);
    if (rules.length === 0 && (await hasNoAlerts(database, userDid))) return NOTHING;
    const enabled = rules.filter((rule) => rule.enabled);
    const quota = await readQuotaFor(deps, userDid, enabled, nowMs);
    const read = await readObserved(deps, userDid, { rules: enabled, nowMs });
    if (read === null) {
      // Erased meanwhile.
      if (attempt > 1) return NOTHING;
      await writeInTransaction(database, (transaction) => addAlertUser(transaction, userDid));
      continue;
    }
    const outcome = advanceRules(userDid, {
      ...{ ...read, rules: enabled, nowMs, quota },
      channels: deps.channels,
    });
    const isWritten = await storeOutcome(database, userDid, { ...read, ...outcome, nowMs });
    if (!isWritten) continue;
    const events = outcome.events.length;
    if (events > 0) deps.onEvents?.();
    return { rules: enabled.length, events };
  }
  await writeInTransaction(database, (transaction) =>
    setAlertsDue(transaction, userDid, nowMs + RETRY_AFTER_MS),
  );
  return NOTHING;
}

const NOTHING: EvaluationReport = { rules: 0, events: 0 };

async function hasNoAlerts(database: Database, userDid: string): Promise<boolean> {
  return (await readAlertRevision(withoutTransaction(database), userDid)) === null;
}

async function readQuotaFor(
  { readQuota }: EvaluationDependencies,
  userDid: string,
  rules: readonly Rule[],
  nowMs: number,
): Promise<Quota | null> {
  if (readQuota === null || !rules.some(({ metric }) => QUOTA_METRICS.has(metric))) return null;
  return readQuota(userDid, nowMs);
}

/** What one snapshot says of a user's rules. */
interface Observed {
  revision: number;
  states: ReadonlyMap<string, StoredState>;
  /** Values of the rules of calls, in the order of the rules. */
  measures: readonly Measure[];
  hasBackdated: boolean;
}

const UNKNOWN: Measure = { value: null, liveValue: null };

/** Reads revision, states and figures; `null`: the user has no row of alerts yet. */
function readObserved(
  { database, maxLagSeconds }: EvaluationDependencies,
  userDid: string,
  { rules, nowMs }: { rules: readonly Rule[]; nowMs: number },
): Promise<Observed | null> {
  return readSnapshot(database, userDid, nowMs, async (snapshot) => {
    const { transaction } = snapshot;
    const revision = await readAlertRevision(transaction, userDid);
    if (revision === null) return null;
    const states = await readStates(transaction, userDid);
    const backdated = await readBackdated(transaction, userDid, nowMs - MAX_BACKDATED_MS);
    const isBehind = await isRollupBehind(snapshot, nowMs - maxLagSeconds * SECOND_MS);
    const measures = isBehind
      ? rules.map(() => UNKNOWN)
      : await measureRules(snapshot, rules, { nowMs, backdated });
    return { revision, states, measures, hasBackdated: backdated.length > 0 };
  });
}

/** Whether calls before an instant, epoch ms, are not rolled up yet. */
async function isRollupBehind(snapshot: UserSnapshot, beforeMs: number): Promise<boolean> {
  const { rolledUpThrough } = snapshot.freshness;
  if (rolledUpThrough !== null) return Date.parse(rolledUpThrough) < beforeMs;
  const firstMs = await snapshot.firstCallAtMs(null);
  return firstMs !== null && firstMs < beforeMs;
}

async function measureRules(
  snapshot: UserSnapshot,
  rules: readonly Rule[],
  { nowMs, backdated }: { nowMs: number; backdated: readonly BackdatedQuarter[] },
): Promise<Measure[]> {
  const needs = rules.map(({ scope, window }) => ({ scope, ...getPeriod(window, nowMs) }));
  const ofCalls = needs.filter((_, index) => !isOfQuota(rules[index]));
  const sums = new BackdatedSums(backdated);
  // A call of this very millisecond counts.
  const read = await readRuleFigures(snapshot, ofCalls, nowMs + 1);
  return rules.map((rule, index) => {
    const need = needs[index];
    if (need === undefined || isOfQuota(rule)) return UNKNOWN;
    return measureRule(rule, read(need), sums.get(rule.scope, need.fromMs));
  });
}

function isOfQuota(rule: Rule | undefined): boolean {
  return rule !== undefined && QUOTA_METRICS.has(rule.metric);
}

interface Evaluated extends Observed {
  rules: readonly Rule[];
  quota: Quota | null;
  channels: readonly AlertChannel[];
  nowMs: number;
}

interface Outcome {
  changed: StoredState[];
  events: NewAlertEvent[];
  dueAtMs: number | null;
}

function advanceRules(userDid: string, evaluated: Evaluated): Outcome {
  const { rules, states, measures, quota, channels, nowMs } = evaluated;
  const changed: StoredState[] = [];
  const events: NewAlertEvent[] = [];
  const advanced: { rule: Rule; state: RuleState }[] = [];
  for (const [index, rule] of rules.entries()) {
    const stored = states.get(rule.id) ?? createStoredState(rule.id);
    const measure = isOfQuota(rule) ? measureQuota(rule.metric, quota) : measures[index];
    const period = getPeriod(rule.window, nowMs);
    const observation = { nowMs, period, ...(measure ?? UNKNOWN) };
    const { state, crossings } = advanceRule(rule, stored.state, observation);
    advanced.push({ rule, state });
    const hasFired = crossings.some(({ type }) => type === 'fired');
    const acknowledgedAtMs = hasFired ? null : stored.acknowledgedAtMs;
    if (state !== stored.state) changed.push({ ...stored, state, acknowledgedAtMs });
    const isSnoozed = (stored.snoozedUntilMs ?? 0) > nowMs;
    for (const crossing of crossings) {
      events.push(toEvent(userDid, rule, crossing, { nowMs, isSnoozed, channels }));
    }
  }
  return { changed, events, dueAtMs: findDue(advanced, nowMs) };
}

function createStoredState(ruleId: string): StoredState {
  return { ruleId, state: null, acknowledgedAtMs: null, snoozedUntilMs: null };
}

async function storeOutcome(
  database: Database,
  userDid: string,
  {
    revision,
    changed,
    events,
    dueAtMs,
    hasBackdated,
    nowMs,
  }: Observed & Outcome & { nowMs: number },
): Promise<boolean> {
  return retryWrites(() =>
    writeInTransaction(database, async (transaction) => {
      if (!(await lockAlerts(transaction, userDid, revision))) return false;
      await writeStates(transaction, userDid, changed);
      await writeEvents(transaction, userDid, events);
      await setAlertsDue(transaction, userDid, dueAtMs);
      if (hasBackdated) await deleteBackdated(transaction, userDid, nowMs - MAX_BACKDATED_MS);
      return true;
    }),
  );
}
