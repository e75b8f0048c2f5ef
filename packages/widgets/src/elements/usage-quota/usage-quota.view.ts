import type {
  DecimalString,
  Instant,
  Quota,
  Stale,
  TrendPoint,
  UnavailableReason,
} from '@usage-kit/server-sdk/contract';
import {
  formatCredits,
  formatPart,
  isZeroCredits,
  toApproximateNumber,
} from '../../format/credits.js';
import { formatDay } from '../../format/date.js';
import { formatPartLeft } from '../../format/number.js';
import { getStartOfDayMs, toCalendarDay } from '../../format/zoned-day.js';
import { toCreditsFigure, UNKNOWN_TEXT, type Figure } from '../../view-models/figure.js';
import type { Localizer } from '../../locales/localizer.js';
import { quotaFigureMessages } from '../../locales/en/quota-figures.js';

const WARNING_BELOW_RATIO = 0.3;
const BAD_BELOW_RATIO = 0.1;
/** Lowest ratio of a balance that is not zero; also how far below 1 a used balance is at least. */
const MIN_RATIO = 1e-9;
/** Ten years: thirty days of use are no basis for a longer estimate. */
const MAX_RUNWAY_DAYS = 3_650;

/** Color of the meter: green, orange under 30 % left, red under 10 %. */
export type MeterLevel = 'good' | 'warning' | 'bad';

/** The meter of what is left. */
export interface MeterView {
  /** 0 to 1. */
  ratio: number;
  level: MeterLevel;
  text: string;
  label: string;
}

/** The forecast: a headline, the interval with its date, and the use it is based on. */
export interface RunwayView {
  headline: string;
  detail: string | null;
  basis: string | null;
}

/** Credits of one day for the sparkline; `ratio` is its share of the highest day, 0 to 1. */
export interface SparkDay {
  day: string;
  credits: string;
  ratio: number;
}

/** The last seven days. */
export interface SparkView {
  days: SparkDay[];
  /** Zone of the days where it is not the viewer's. */
  zone: string | null;
  /** The days of the viewer's zone are loading. */
  isWaiting: boolean;
}

/** The last seven days in the viewer's zone, or the state of their request. */
export type ViewerDays = readonly TrendPoint[] | 'loading' | 'unavailable';

/** What the quota shows. */
export interface QuotaView {
  status: Quota['status'];
  symbol: string;
  remaining: Figure;
  used: Figure;
  total: Figure;
  meter: MeterView | null;
  runway: RunwayView;
  spark: SparkView;
  pending: Figure | null;
  overdue: Figure | null;
  stale: Stale | null;
  /** Why there is no balance. */
  reasonText: string | null;
}

/** The quota ready to show, in a language and zone. */
export function toQuotaView(
  quota: Quota,
  localizer: Localizer,
  timeZone: string,
  viewerDays: ViewerDays = 'unavailable',
): QuotaView {
  const { total } = quota;
  const part = (credits: DecimalString | null, isFloored: boolean): Figure => {
    const exact = toCreditsFigure(localizer, credits, quotaFigureMessages.quotaUnavailable);
    if (credits === null) return exact;
    return { ...exact, text: formatPart(localizer.formatters, credits, total, isFloored) };
  };
  const figure = (credits: DecimalString | null): Figure =>
    toCreditsFigure(localizer, credits, quotaFigureMessages.quotaUnavailable);
  const optional = (credits: DecimalString | null): Figure | null =>
    isZeroCredits(credits) ? null : figure(credits);
  return {
    status: quota.status,
    // Without a balance the unit would be the only content.
    symbol: quota.remaining === null ? '' : (quota.currency?.symbol ?? ''),
    remaining: part(quota.remaining, true),
    used: part(quota.used, false),
    total: figure(total),
    meter: toMeter(quota, localizer),
    runway: toRunway(quota, localizer, timeZone),
    spark: toSpark(quota, localizer, timeZone, viewerDays),
    pending: optional(quota.pending),
    overdue: optional(quota.overdue),
    stale: quota.stale,
    reasonText: toReasonText(quota.reason, localizer),
  };
}

function toMeter(
  { total, used, remaining }: Quota,
  { t, formatters }: Localizer,
): MeterView | null {
  if (total === null || remaining === null || isZeroCredits(total)) return null;
  const ratio = toRatioLeft(total, remaining, isZeroCredits(used));
  const percent = formatPartLeft(formatters, ratio);
  return {
    ratio,
    level: toLevel(ratio),
    text: t(quotaFigureMessages.quotaPercentLeft, { percent }),
    label: t(quotaFigureMessages.quotaMeter, { percent }),
  };
}

/** 0 to 1; neither end is reached by the rounding of binary numbers. */
function toRatioLeft(total: DecimalString, remaining: DecimalString, isUntouched: boolean): number {
  const exact = toApproximateNumber(remaining) / toApproximateNumber(total);
  if (isZeroCredits(remaining) || remaining.startsWith('-')) return 0;
  if (exact >= 1) return isUntouched || exact > 1 ? 1 : 1 - MIN_RATIO;
  return Math.max(exact, MIN_RATIO);
}

function toLevel(ratio: number): MeterLevel {
  if (ratio < BAD_BELOW_RATIO) return 'bad';
  return ratio < WARNING_BELOW_RATIO ? 'warning' : 'good';
}

function toRunway(
  { status, runway }: Quota,
  { t, formatters }: Localizer,
  timeZone: string,
): RunwayView {
  if (status === 'unavailable')
    return { headline: '–', detail: t(quotaFigureMessages.quotaUnavailable), basis: null };
  switch (runway.status) {
    case 'notEnoughData':
      return { headline: '–', detail: t(quotaFigureMessages.runwayNotEnoughData), basis: null };
    case 'noRecentUse':
      return { headline: '–', detail: t(quotaFigureMessages.runwayNoRecentUse), basis: null };
    case 'depleted':
      return {
        headline: t(quotaFigureMessages.runwayDays, { days: 0 }, 0),
        detail: t(quotaFigureMessages.runwayDepleted),
        basis: null,
      };
    case 'unlimited':
      return { headline: '∞', detail: t(quotaFigureMessages.runwayUnlimited), basis: null };
    case 'estimated':
      break;
    default:
      // A status that a newer server sends.
      return { headline: '–', detail: null, basis: null };
  }
  return toEstimate(runway, { t, formatters }, timeZone);
}

function toEstimate(
  runway: Quota['runway'],
  localizer: Pick<Localizer, 't' | 'formatters'>,
  timeZone: string,
): RunwayView {
  const { t, formatters } = localizer;
  const { days, dailyAverage, basedOnDays } = runway;
  const isLong = days !== null && days > MAX_RUNWAY_DAYS;
  const average = dailyAverage === null ? '' : formatCredits(formatters, dailyAverage);
  return {
    headline: toHeadline(days, localizer),
    // Thirty days of use are no basis for a date in ten years.
    detail: isLong ? null : toInterval(runway, localizer, timeZone),
    basis:
      dailyAverage === null || isZeroCredits(dailyAverage)
        ? null
        : t(quotaFigureMessages.runwayBasis, { average, days: basedOnDays }, basedOnDays),
  };
}

function toHeadline(
  days: number | null,
  { t, formatters }: Pick<Localizer, 't' | 'formatters'>,
): string {
  if (days === null) return '–';
  if (days > MAX_RUNWAY_DAYS) return t(quotaFigureMessages.runwayLong);
  // The plural form follows the rounded number.
  const rounded = days < 10 ? Math.round(days * 10) / 10 : Math.round(days);
  return t(
    quotaFigureMessages.runwayDays,
    { days: formatters.number({}).format(rounded) },
    rounded,
  );
}

/** Without a latest day the use is so uneven that only the earliest can be estimated. */
function toInterval(
  { earliestDays, latestDays, depletesOn }: Quota['runway'],
  { t, formatters }: Pick<Localizer, 't' | 'formatters'>,
  timeZone: string,
): string | null {
  if (earliestDays === null || depletesOn === null) return null;
  const format = (value: number): string =>
    formatters.number({ maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  const earliest = format(earliestDays);
  const date = formatDay(formatters, depletesOn, timeZone);
  if (latestDays === null || latestDays > MAX_RUNWAY_DAYS) {
    return t(quotaFigureMessages.runwayAtLeast, { earliest, date });
  }
  const latest = format(latestDays);
  return latest === earliest
    ? t(quotaFigureMessages.runwayLikely, { days: earliest, date }, earliestDays)
    : t(quotaFigureMessages.runwayInterval, { earliest, latest, date });
}

/** Whether the server's days, which are those of UTC, are the viewer's too. */
export function areDaysOfZone(
  { recentDays }: Quota,
  { formatters }: Localizer,
  timeZone: string,
): boolean {
  return recentDays.every(({ start }) => {
    const atMs = Date.parse(start);
    const day = toCalendarDay(formatters, atMs, timeZone);
    return getStartOfDayMs(formatters, day, timeZone) === atMs;
  });
}

function toSpark(
  quota: Quota,
  localizer: Localizer,
  timeZone: string,
  viewerDays: ViewerDays,
): SparkView {
  const { recentDays } = quota;
  if (areDaysOfZone(quota, localizer, timeZone)) {
    const days = toSparkDays(recentDays, localizer, timeZone);
    return { days, zone: null, isWaiting: false };
  }
  const isWaiting = viewerDays === 'loading';
  if (isWaiting || viewerDays === 'unavailable') {
    // Days of UTC are labelled as such: as days of the viewer's zone they would be shifted.
    const days = toSparkDays(recentDays, localizer, 'UTC');
    return { days, zone: isWaiting ? null : 'UTC', isWaiting };
  }
  const points = viewerDays.map(({ start, totals }) => ({ start, credits: totals.credits }));
  return { days: toSparkDays(points, localizer, timeZone), zone: null, isWaiting: false };
}

function toSparkDays(
  days: readonly { start: Instant; credits: DecimalString | null }[],
  { formatters }: Localizer,
  timeZone: string,
): SparkDay[] {
  const heights = days.map(({ credits }) => toApproximateNumber(credits ?? '0'));
  const highest = Math.max(...heights, 0);
  return days.map(({ start, credits }, index) => ({
    day: formatters.date({ month: 'short', day: 'numeric', timeZone }).format(new Date(start)),
    credits: credits === null ? UNKNOWN_TEXT : formatCredits(formatters, credits),
    ratio: highest === 0 ? 0 : (heights[index] ?? 0) / highest,
  }));
}

function toReasonText(reason: UnavailableReason | null, { t }: Localizer): string | null {
  if (reason === null) return null;
  return t(
    reason === 'noAccount'
      ? quotaFigureMessages.quotaNoAccountText
      : quotaFigureMessages.quotaUnavailableText,
  );
}
