import type { CallFigures } from '../aggregates/model/call-figures.js';
import { readCost, readCredits } from '../aggregates/model/totals.js';
import { UTC_DAY_MS, toInstant, type TimeRange } from '../values/time.js';
import { MIN_CALLS, type AdviceDraft } from './advice-draft.js';
import { CostSum } from './cost-sum.js';

/** Days without a call after which a project is idle. */
const IDLE_DAYS = 14;
/** Widths of the slices of the time before, in which a project is called regularly. */
const SLICE_DAYS = 7;
/** Slices with a call that make calls regular. */
const MIN_SLICES = 2;

/**
 * Cuts a range into the last fourteen days, and slices of a week before, ascending; the first may be shorter.
 *
 * @returns nothing for a range that is too short for a project to be regular and then idle
 */
export function sliceForIdleness({ fromMs, toMs }: TimeRange): TimeRange[] {
  const idleFromMs = toMs - IDLE_DAYS * UTC_DAY_MS;
  if (idleFromMs - fromMs < MIN_SLICES * SLICE_DAYS * UTC_DAY_MS) return [];
  const slices: TimeRange[] = [{ fromMs: idleFromMs, toMs }];
  for (let endMs = idleFromMs; endMs > fromMs; endMs -= SLICE_DAYS * UTC_DAY_MS) {
    slices.unshift({ fromMs: Math.max(fromMs, endMs - SLICE_DAYS * UTC_DAY_MS), toMs: endMs });
  }
  return slices;
}

/**
 * Finds projects that had calls in at least two weeks, at least {@link MIN_CALLS} in all, and none in the last fourteen days.
 *
 * @param slices of {@link sliceForIdleness}
 * @param figures by project, one map for each slice
 */
export function findIdleProjects(
  slices: readonly TimeRange[],
  figures: readonly ReadonlyMap<string, CallFigures>[],
): AdviceDraft[] {
  const active = figures.at(-1);
  const [first, last] = [slices[0], slices.at(-1)];
  if (!active || !first || !last) return [];
  const before = figures.slice(0, -1);
  const names = new Set(before.flatMap((projects) => [...projects.keys()]));
  return [...names]
    .filter((appDid) => !active.has(appDid))
    .flatMap((appDid) => describeIdle(appDid, before, { fromMs: first.fromMs, toMs: last.toMs }));
}

function describeIdle(
  appDid: string,
  before: readonly ReadonlyMap<string, CallFigures>[],
  { fromMs, toMs }: TimeRange,
): AdviceDraft[] {
  const parts = before.flatMap((projects) => projects.get(appDid) ?? []);
  const sum = new CostSum();
  let lastMs = 0;
  for (const part of parts) {
    sum.add({ costE10: readCost(part), credits: readCredits(part) }, part.calls);
    lastMs = Math.max(lastMs, part.lastStartedAtMs ?? 0);
  }
  if (parts.length < MIN_SLICES || sum.calls < MIN_CALLS.idleProjects || lastMs === 0) return [];
  const [from, to] = [toInstant(fromMs), toInstant(toMs)];
  return [
    {
      subject: [appDid],
      claim: {
        kind: 'idleProjects',
        appDid,
        lastCallAt: toInstant(lastMs),
        idleDays: Math.floor((toMs - lastMs) / UTC_DAY_MS),
        calls: sum.calls,
        ...sum.toClaim(),
      },
      arithmetic: null,
      saving: null,
      evidence: [{ appDid, model: null, status: null, type: null, from, to, calls: sum.calls }],
      assumption: 'noFutureCalls',
      basedOn: { calls: sum.calls, days: null, from, to },
      basis: null,
    },
  ];
}
