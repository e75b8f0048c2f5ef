import type { FailureItem, ProjectFailures } from '@usage-kit/server-sdk/contract';
import { formatDay, formatInstant, formatInstantExact } from '../../format/date.js';
import { formatCount, formatRatio } from '../../format/number.js';
import { failureMessages } from '../../locales/en/failures.js';
import type { Localizer } from '../../locales/localizer.js';
import { nameReason } from '../../view-models/failure-reason.js';

/** Failed calls for a reason, ready to show. */
export interface FailureView {
  item: FailureItem;
  /** `Rate limit`. */
  reason: string;
  /** `429`; empty where it is not known. */
  code: string;
  calls: string;
  shareText: string;
  /** 0 to 1. */
  share: number;
  models: string;
  /** All models. */
  modelsTitle: string;
  last: string;
  /** The exact time. */
  lastTitle: string;
  /** What a click does, with all of the above that matters. */
  label: string;
}

/** Reasons, ready to show. */
export interface FailuresView {
  items: FailureView[];
  /** Which failed calls are not in the list; empty where all are. */
  note: string;
}

const MAX_MODELS = 2;

/** Reasons in words. */
export function toFailuresView(
  { items, unsortedCalls, sortedFrom, freshness }: ProjectFailures,
  localizer: Localizer,
  timeZone: string,
): FailuresView {
  const { t, formatters } = localizer;
  const unsorted = {
    count: formatCount(formatters, unsortedCalls),
    date: formatDay(formatters, sortedFrom, timeZone),
  };
  return {
    items: items.map((item) => toFailureView(item, localizer, { timeZone, asOf: freshness.asOf })),
    note: unsortedCalls === 0 ? '' : t(failureMessages.failuresUnsorted, unsorted, unsortedCalls),
  };
}

function toFailureView(
  item: FailureItem,
  localizer: Localizer,
  { timeZone, asOf }: { timeZone: string; asOf: string },
): FailureView {
  const { t, formatters } = localizer;
  const { reason: key, statusCode, calls, share, models, lastCallAt } = item;
  const reason = capitalize(nameReason(localizer, key));
  const code = statusCode === null ? '' : String(statusCode);
  const count = formatCount(formatters, calls);
  const shareText = formatRatio(formatters, share);
  const shown = models.slice(0, MAX_MODELS).join(', ');
  const more = { models: shown, count: formatCount(formatters, models.length - MAX_MODELS) };
  return {
    ...{ item, reason, code, calls: count, share, shareText },
    models: models.length > MAX_MODELS ? t(failureMessages.failuresModels, more) : shown,
    modelsTitle: models.join(', '),
    last: t(failureMessages.failuresLast, {
      time: formatInstant(formatters, lastCallAt, timeZone, asOf),
    }),
    lastTitle: formatInstantExact(formatters, lastCallAt, timeZone),
    label: t(
      failureMessages.failuresShow,
      { reason: code === '' ? reason : `${reason} ${code}`, count, share: shareText },
      calls,
    ),
  };
}

/** The messages are parts of sentences, too. */
function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
