import type { UnavailableAdvice } from '../contract/advice.js';
import type { LedgerEntry, Quota, QuotaDetails } from '../contract/quota.js';
import { UTC_DAY_MS, toInstant } from '../values/time.js';
import {
  AMOUNT_DECIMALS,
  formatAmount,
  parseAmount,
  sumLines,
  toAmountLine,
  toArithmetic,
  toSaving,
  toTerm,
  type ExactLine,
} from './arithmetic.js';
import type { AdviceDraft } from './advice-draft.js';
import { formatDecimal } from '../values/decimal.js';

/** Days of use that a rate needs. */
const MIN_DAYS = 7;
/** Grants that expire later are not looked at: a rate says little of so distant a time. */
const HORIZON_DAYS = 90;
/** Decimals of days in the arithmetic: 8.64 seconds. */
const DAY_DECIMALS = 4;
const DAY_UNITS = 10n ** BigInt(DAY_DECIMALS);

/** What the quota provider says of a user. */
export interface GrantFacts {
  quota: Pick<Quota, 'status' | 'reason' | 'remaining' | 'runway' | 'stale'>;
  /** The newest grants. */
  grants: Pick<QuotaDetails, 'items' | 'total' | 'status' | 'reason' | 'stale'>;
  nowMs: number;
}

/** A grant with what is left of it, units of 1e-16. */
interface OpenGrant {
  entry: LedgerEntry;
  expiresAtMs: number;
  leftE16: bigint;
}

/** Why grants cannot be looked at; `null`: they can. */
export function findGrantObstacle({
  quota,
  grants,
}: GrantFacts): UnavailableAdvice['reason'] | null {
  const { status, reason } = quota;
  if (status === 'unavailable' || grants.status === 'unavailable') {
    return reason ?? grants.reason ?? 'noAnswer';
  }
  if (quota.stale !== null || grants.stale !== null) return 'noAnswer';
  return grants.total > grants.items.length ? 'tooManyGrants' : null;
}

/**
 * Finds grants of the next 90 days that the use of the recent days leaves a part of: what is left − daily use × days until they
 * expire, where what earlier grants take of the use is added again. What is left of each follows from the balance: a grant is
 * used before one that expires later.
 *
 * Silent on fewer than seven days of use, and where the fastest pace that those days allow leaves nothing.
 */
export function findExpiringGrants(facts: GrantFacts): AdviceDraft[] {
  const { quota, nowMs } = facts;
  const { runway, remaining } = quota;
  if (findGrantObstacle(facts) !== null || remaining === null) return [];
  if (runway.basedOnDays < MIN_DAYS || quota.status === 'unlimited') return [];
  if (runway.status !== 'estimated' && runway.status !== 'noRecentUse') return [];
  const remainingE16 = parseAmount(truncate(remaining));
  const grants = allocate(facts.grants.items, remainingE16, nowMs);
  const dailyE16 = parseAmount(runway.dailyAverage ?? '0');
  const fastestE16 = computeFastestPace(remainingE16, runway.earliestDays, dailyE16);
  const fastest = computeUses(grants, fastestE16, nowMs);
  const uses = computeUses(grants, dailyE16, nowMs);
  return grants.flatMap((grant, index) => {
    const [use, fast] = [uses[index], fastest[index]];
    if (!use || !fast || fast.unusedE16 <= 0n) return [];
    if (grant.expiresAtMs > nowMs + HORIZON_DAYS * UTC_DAY_MS) return [];
    return [describeGrant(grant, { use, fast, dailyE16, basedOnDays: runway.basedOnDays, nowMs })];
  });
}

/** What is used of a grant before it expires. */
interface GrantUse {
  lines: ExactLine[];
  unusedE16: bigint;
}

interface Pace {
  use: GrantUse;
  fast: GrantUse;
  dailyE16: bigint;
  basedOnDays: number;
  nowMs: number;
}

function describeGrant(
  { entry, leftE16, expiresAtMs }: OpenGrant,
  { use, fast, dailyE16, basedOnDays, nowMs }: Pace,
): AdviceDraft {
  const [from, to] = [toInstant(nowMs), toInstant(expiresAtMs)];
  return {
    subject: [entry.id],
    claim: {
      kind: 'expiringGrants',
      grantId: entry.id,
      description: entry.description,
      expiresAt: to,
      amount: entry.amount,
      left: formatAmount(leftE16),
      unused: formatAmount(use.unusedE16),
      unusedAtLeast: formatAmount(fast.unusedE16),
      dailyUse: formatAmount(dailyE16),
    },
    arithmetic: toArithmetic('credits', use.lines),
    saving: toSaving(use.unusedE16, null, { from, to }),
    evidence: [],
    assumption: 'sameDailyUse',
    basedOn: {
      calls: null,
      days: basedOnDays,
      from: toInstant(nowMs - basedOnDays * UTC_DAY_MS),
      to: from,
    },
    basis: null,
  };
}

/** What is left of the grants that expire, in the order in which they do: the balance is of those that expire last. */
function allocate(
  entries: readonly LedgerEntry[],
  remainingE16: bigint,
  nowMs: number,
): OpenGrant[] {
  const open = entries
    .filter(({ kind, amount }) => kind === 'grant' && !amount.startsWith('-'))
    .map((entry) => ({
      entry,
      expiresAtMs: entry.expiresAt === null ? Infinity : Date.parse(entry.expiresAt),
      amountE16: parseAmount(truncate(entry.amount)),
    }))
    .filter(({ expiresAtMs }) => expiresAtMs > nowMs)
    .sort((a, b) => a.expiresAtMs - b.expiresAtMs || (a.entry.id < b.entry.id ? -1 : 1));
  // What adjustments added beyond the grants never expires.
  const grantedE16 = open.reduce((sum, { amountE16 }) => sum + amountE16, 0n);
  let restE16 = remainingE16 < grantedE16 ? remainingE16 : grantedE16;
  const grants: OpenGrant[] = [];
  for (const { entry, expiresAtMs, amountE16 } of open.toReversed()) {
    const leftE16 = restE16 < amountE16 ? restE16 : amountE16;
    restE16 -= leftE16;
    if (expiresAtMs < Infinity && leftE16 > 0n) grants.unshift({ entry, expiresAtMs, leftE16 });
  }
  return grants;
}

/** @param grants in the order in which they expire */
function computeUses(grants: readonly OpenGrant[], dailyE16: bigint, nowMs: number): GrantUse[] {
  let earlierE16 = 0n;
  return grants.map(({ leftE16, expiresAtMs }) => {
    const days = (BigInt(Math.floor(expiresAtMs - nowMs)) * DAY_UNITS) / BigInt(UTC_DAY_MS);
    const lines = [
      toAmountLine('add', null, { name: 'left', unit: 'credits' }, leftE16),
      toUseLine(dailyE16, days),
      toAmountLine('add', null, { name: 'usedByEarlierGrants', unit: 'credits' }, earlierE16),
    ];
    const restE16 = sumLines(lines);
    const unusedE16 = restE16 > 0n ? restE16 : 0n;
    earlierE16 += leftE16 - unusedE16;
    return { lines, unusedE16 };
  });
}

/** @param days units of 1e-4 */
function toUseLine(dailyE16: bigint, days: bigint): ExactLine {
  return {
    line: {
      operation: 'subtract',
      subject: null,
      factors: [
        toTerm('dailyUse', formatAmount(dailyE16), 'creditsPerDay'),
        toTerm('days', formatDecimal(days, DAY_DECIMALS), 'days'),
      ],
    },
    // Exact: credits have at most 12 decimals here.
    amountE16: -(dailyE16 * days) / DAY_UNITS,
  };
}

/** The balance ÷ the fewest days that it lasts, rounded up; the average where that is not known. */
function computeFastestPace(
  remainingE16: bigint,
  earliestDays: number | null,
  dailyE16: bigint,
): bigint {
  if (earliestDays === null) return dailyE16;
  const tenths = BigInt(Math.round(earliestDays * 10));
  return tenths <= 0n ? remainingE16 * 10n : (remainingE16 * 10n + tenths - 1n) / tenths;
}

/** A currency may have more decimals than the arithmetic. */
function truncate(amount: string): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  return `${whole}.${fraction.slice(0, AMOUNT_DECIMALS).padEnd(1, '0')}`;
}
