import type { Figure } from './report-formats.js';
import type { OwnDay } from './own-days-store.js';
import type { ReportedDay } from './read-report.js';

/** A day and model of the report with what is here. */
export interface ComparedDay extends Omit<ReportedDay, 'figures'> {
  /** `null`: the report has no such row. */
  figures: ReportedDay['figures'] | null;
  /** Calls of the report's provider, or of an unknown one; `null`: none. */
  own: OwnDay | null;
  /** Calls of the model with another provider. */
  elsewhere: OwnDay | null;
}

/** What is known of our sums. */
export interface Circumstances {
  /** Currency of all sums; `null` before the first rollup. */
  currency: string | null;
  /** The running UTC day, as `2026-11-20`. */
  today: string;
  /** Days before are archived: their calls are gone and their sums stay. `null`: none. */
  archivedBefore: string | null;
  /** Whether the sums are of one user. */
  isOneUser: boolean;
}

interface Difference {
  day: ComparedDay;
  figure: Figure;
  /** Ours minus the provider's; not 0. */
  difference: bigint;
}

/** What is less than this comes from rounding each row, units of 1e-10. */
const ROUNDING_E10 = 100_000n;

/** Finds the likely reasons of a difference, the likeliest first; at least one. */
export function findReasons(found: Difference, circumstances: Circumstances): string[] {
  const { own, day } = found.day;
  const reasons = [
    ...(circumstances.isOneUser ? ['the bill is of all users, the sums are of one'] : []),
    ...(day >= circumstances.today ? ['the day has not ended'] : []),
    ...(own === null ? [describeMissing(found.day)] : describeOwn(found, own, circumstances)),
  ];
  if (reasons.length > 0) return reasons;
  return [guess(found, circumstances)];
}

function describeMissing({ model, elsewhere }: ComparedDay): string {
  if (model === null) return 'no call here: the provider names no model of this charge';
  if (elsewhere === null) return 'no call of it here: not recorded, or by another name';
  return `${elsewhere.calls} calls of it here name another provider (${elsewhere.provider ?? ''})`;
}

function describeOwn(
  { day, figure, difference }: Difference,
  own: OwnDay,
  { currency }: Circumstances,
): string[] {
  const reasons: string[] = [];
  if (figure === 'cost') {
    if (currency === null) return ['nothing is rolled up yet, so no cost counts: usage-kit rollup'];
    if (day.currency !== null && day.currency !== currency) {
      return [`the bill is in ${day.currency}, the sums are in ${currency}`];
    }
    if (own.unpricedCalls > 0n) {
      reasons.push(
        `${own.unpricedCalls} of ${own.calls} calls have no known cost: usage-kit reprice`,
      );
    }
  } else if (figure !== 'calls' && own.unknownTokenCalls > 0n) {
    reasons.push(`${own.unknownTokenCalls} of ${own.calls} calls have no known tokens`);
  }
  if (own.processingCalls > 0n) reasons.push(`${own.processingCalls} calls have not ended`);
  if (day.figures === null) reasons.push('not in the report: another account or key paid for it');
  // What is missing can't explain that there is more here.
  return difference > 0n ? reasons.filter((reason) => reason.startsWith('not in')) : reasons;
}

function guess({ day, figure, difference }: Difference, { archivedBefore }: Circumstances): string {
  const size = difference < 0n ? -difference : difference;
  if (figure === 'cost' && size <= ROUNDING_E10) return 'rounding';
  if (difference < 0n && archivedBefore !== null && day.day < archivedBefore) {
    return 'its calls are archived: calls that came later do not count, and prices stay';
  }
  if (figure !== 'cost') {
    return difference < 0n
      ? 'calls that are not recorded here, such as retries of a client or other programs with the key'
      : 'calls that the provider does not count, such as refused ones, or that another key made';
  }
  return difference < 0n
    ? 'calls that are not recorded here, or a price here that is too low'
    : 'a price here that is too high: discounts, batches and cached tokens cost less than the list price';
}
