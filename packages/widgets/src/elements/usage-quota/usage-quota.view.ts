import type {
  DecimalString,
  Quota,
  Stale,
  UnavailableReason,
} from '@usage-kit/server-sdk/contract';
import { formatCredits, isZeroCredits, toApproximateNumber } from '../../format/credits.js';
import { formatDay } from '../../format/date.js';
import { creditsFigure, type Figure } from '../../internal/figure.js';
import { toSafeUrl } from '../../internal/safe-url.js';
import type { Localizer } from '../../locales/localizer.js';
import * as texts from '../../locales/en.js';

const WARNING_BELOW_RATIO = 0.3;
const BAD_BELOW_RATIO = 0.1;

/** Colour of the meter: green, orange under 30 % left, red under 10 %. */
export type MeterLevel = 'good' | 'warning' | 'bad';

/** The meter of what is left. */
export interface MeterView {
  /** 0 to 1. */
  ratio: number;
  level: MeterLevel;
  text: string;
  label: string;
}

/** How long it lasts: a headline, the interval with its date, and what the estimate rests on. */
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

/** What the quota shows. */
export interface QuotaView {
  status: Quota['status'];
  symbol: string;
  remaining: Figure;
  used: Figure;
  total: Figure;
  meter: MeterView | null;
  runway: RunwayView;
  spark: SparkDay[];
  pending: Figure | null;
  overdue: Figure | null;
  stale: Stale | null;
  /** Why there is no balance. */
  reasonText: string | null;
  topUpText: string;
  /** Where a top-up may lead; `null` for what is no safe link. */
  topUpUrl: string | null;
}

/** The quota ready to show, in a language and zone. */
export function toQuotaView(quota: Quota, localizer: Localizer, timeZone: string): QuotaView {
  const figure = (credits: DecimalString | null): Figure =>
    creditsFigure(localizer, credits, texts.quotaUnavailable);
  const optional = (credits: DecimalString | null): Figure | null =>
    isZeroCredits(credits) ? null : figure(credits);
  return {
    status: quota.status,
    // A unit without a number would be a riddle.
    symbol: quota.remaining === null ? '' : (quota.currency?.symbol ?? ''),
    remaining: figure(quota.remaining),
    used: figure(quota.used),
    total: figure(quota.total),
    meter: toMeter(quota, localizer),
    runway: toRunway(quota, localizer, timeZone),
    spark: toSpark(quota, localizer),
    pending: optional(quota.pending),
    overdue: optional(quota.overdue),
    stale: quota.stale,
    reasonText: toReasonText(quota.reason, localizer),
    topUpText: toTopUpText(quota, localizer),
    topUpUrl: toSafeUrl(quota.topUpUrl),
  };
}

function toMeter({ total, remaining }: Quota, { t, formatters }: Localizer): MeterView | null {
  if (total === null || remaining === null || isZeroCredits(total)) return null;
  const exactRatio = toApproximateNumber(remaining) / toApproximateNumber(total);
  const ratio = Math.min(Math.max(exactRatio, 0), 1);
  const percent = formatters
    .number({ style: 'percent', maximumFractionDigits: ratio < 0.1 ? 1 : 0 })
    .format(ratio);
  return {
    ratio,
    level: toLevel(ratio),
    text: t(texts.quotaPercentLeft, { percent }),
    label: t(texts.quotaMeter, { percent }),
  };
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
    return { headline: '–', detail: t(texts.quotaUnavailable), basis: null };
  switch (runway.status) {
    case 'notEnoughData':
      return { headline: '–', detail: t(texts.runwayNotEnoughData), basis: null };
    case 'noRecentUse':
      return { headline: '–', detail: t(texts.runwayNoRecentUse), basis: null };
    case 'depleted':
      return {
        headline: t(texts.runwayDays, { days: 0 }, 0),
        detail: t(texts.runwayDepleted),
        basis: null,
      };
    case 'unlimited':
      return { headline: '∞', detail: t(texts.runwayUnlimited), basis: null };
    case 'estimated':
      break;
  }
  const { days, dailyAverage, basedOnDays } = runway;
  const format = (value: number): string =>
    formatters.number({ maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  return {
    headline: days === null ? '–' : t(texts.runwayDays, { days: format(days) }, days),
    detail: toInterval(runway, format, { t, formatters }, timeZone),
    basis:
      dailyAverage === null
        ? null
        : t(
            texts.runwayBasis,
            { average: formatCredits(formatters, dailyAverage), days: basedOnDays },
            basedOnDays,
          ),
  };
}

/** Without a latest day the use is so uneven that only the earliest can be told. */
function toInterval(
  { earliestDays, latestDays, depletesOn }: Quota['runway'],
  format: (days: number) => string,
  { t, formatters }: Pick<Localizer, 't' | 'formatters'>,
  timeZone: string,
): string | null {
  if (earliestDays === null || depletesOn === null) return null;
  const earliest = format(earliestDays);
  const date = formatDay(formatters, depletesOn, timeZone);
  return latestDays === null
    ? t(texts.runwayAtLeast, { earliest, date })
    : t(texts.runwayInterval, { earliest, latest: format(latestDays), date });
}

function toSpark({ recentDays }: Quota, { formatters }: Localizer): SparkDay[] {
  const highest = Math.max(...recentDays.map(({ credits }) => toApproximateNumber(credits)), 0);
  return recentDays.map(({ start, credits }) => ({
    // The server cuts these days in UTC; naming them in another zone would shift them.
    day: formatters
      .date({ month: 'short', day: 'numeric', timeZone: 'UTC' })
      .format(new Date(start)),
    credits: formatCredits(formatters, credits),
    ratio: highest === 0 ? 0 : toApproximateNumber(credits) / highest,
  }));
}

function toReasonText(reason: UnavailableReason | null, { t }: Localizer): string | null {
  if (reason === null) return null;
  return t(reason === 'noAccount' ? texts.quotaNoAccountText : texts.quotaUnavailableText);
}

function toTopUpText({ autoRecharge }: Quota, { t, formatters }: Localizer): string {
  if (autoRecharge === null) return '';
  if (!autoRecharge.enabled) return t(texts.topUpOff);
  if (autoRecharge.threshold === null) return '';
  return t(texts.topUpOn, { threshold: formatCredits(formatters, autoRecharge.threshold) });
}
