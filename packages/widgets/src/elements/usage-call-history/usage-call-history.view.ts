import type { CallItem, CallStatus, CostSource, Instant } from '@usage-kit/server-sdk/contract';
import { formatCredits, formatCreditsExact } from '../../format/credits.js';
import { formatInstant, formatInstantExact } from '../../format/date.js';
import { formatDuration } from '../../format/duration.js';
import { formatCount } from '../../format/number.js';
import { toDurationFigure, toUnknownFigure, type Figure } from '../../view-models/figure.js';
import { toMoney, toMoneyFigure } from '../../view-models/money-figure.js';
import { lookUp } from '../../utils/look-up.js';
import { shortenId } from '../../view-models/project-name.js';
import type { MessageDefinition } from '../../locales/messages.js';
import type { Localizer } from '../../locales/localizer.js';
import { callMessages } from '../../locales/en/calls.js';
import { figureMessages } from '../../locales/en/figures.js';
import { metricMessages } from '../../locales/en/metrics.js';
import { speedMessages } from '../../locales/en/speed.js';
import { TYPE_LABELS } from '../../view-models/type-labels.js';

/** Names of the states. Typed by the contract: a state that is missing does not compile. */
export const STATUS_LABELS: Readonly<Record<CallStatus, MessageDefinition>> = {
  success: callMessages.statusSuccess,
  failed: callMessages.statusFailed,
  processing: callMessages.statusProcessing,
};

/** One call ready to show. */
export interface CallRow {
  item: CallItem;
  shortId: string;
  statusText: string;
  typeText: string;
  time: Figure;
  tokens: Figure;
  duration: Figure;
  isSlow: boolean;
  cost: Figure;
}

/** How calls are shown. */
export interface CallDisplay {
  timeZone: string;
  /** When the response was computed. */
  asOf: Instant;
  /** Calls that take longer are marked. */
  slowAfterMs: number;
}

/** A call ready to show. */
export function toCallRow(
  item: CallItem,
  localizer: Localizer,
  { timeZone, asOf, slowAfterMs }: CallDisplay,
): CallRow {
  const { t, formatters } = localizer;
  const isProcessing = item.status === 'processing';
  // A newer server may know a word that has no name here yet; it speaks for itself.
  const word = (labels: Readonly<Record<string, MessageDefinition>>, name: string): string => {
    const label = lookUp(labels, name);
    return label === undefined ? name : t(label);
  };
  return {
    item,
    shortId: shortenId(item.id),
    statusText: word(STATUS_LABELS, item.status),
    typeText: word(TYPE_LABELS, item.type),
    time: {
      text: formatInstant(formatters, item.startedAt, timeZone, asOf),
      title: formatInstantExact(formatters, item.startedAt, timeZone),
    },
    tokens: toTokens(item, localizer),
    duration: toDurationFigure(
      localizer,
      item.durationMs,
      isProcessing ? figureMessages.durationUnknown : figureMessages.durationNotRecorded,
    ),
    isSlow: item.durationMs !== null && item.durationMs > slowAfterMs,
    cost: toCallCost(item, localizer),
  };
}

/** What a call cost, in what amounts are shown in. */
function toCallCost(item: CallItem, localizer: Localizer): Figure {
  const { formatters, amounts } = localizer;
  const { credits } = item;
  const money = amounts === 'money' ? toMoney(item.cost, item.currency) : null;
  if (money !== null) return toMoneyFigure(localizer, money);
  if (amounts === 'credits' && credits !== null) {
    return {
      text: formatCredits(formatters, credits),
      title: formatCreditsExact(formatters, credits),
    };
  }
  return toUnknownFigure(
    localizer,
    item.status === 'processing' ? figureMessages.durationUnknown : figureMessages.creditsUnknown,
  );
}

function toTokens({ usage, status }: CallItem, localizer: Localizer): Figure {
  const { t, formatters } = localizer;
  if (usage.totalTokens === null) {
    return toUnknownFigure(
      localizer,
      status === 'processing' ? figureMessages.durationUnknown : figureMessages.tokensUnknown,
    );
  }
  const count = (value: number | null): string =>
    value === null ? '–' : formatCount(formatters, value);
  return {
    text: count(usage.totalTokens),
    title: `${t(figureMessages.inputTokens)} ${count(usage.inputTokens)}, ${t(figureMessages.outputTokens)} ${count(usage.outputTokens)}`,
  };
}

/** Names and values that an opened row shows beyond its columns; unknown values are left out. */
export function toCallDetails(
  item: CallItem,
  localizer: Localizer,
): { label: string; value: string; isCode: boolean }[] {
  const { t, formatters } = localizer;
  // An older server does not send parts of tokens.
  const count = (value: number | null | undefined): string | null =>
    value == null ? null : formatCount(formatters, value);
  const { usage, ttfbMs, providerName }: Partial<CallItem> & Omit<CallItem, 'providerName'> = item;
  const entries: [MessageDefinition, string | null, boolean?][] = [
    [callMessages.callId, item.id, true],
    [callMessages.traceId, item.traceId, true],
    [callMessages.provider, providerName ?? item.provider],
    [figureMessages.inputTokens, count(usage.inputTokens)],
    [speedMessages.cachedInput, count(usage.cachedInputTokens)],
    [speedMessages.cacheWrite, count(usage.cacheWriteTokens)],
    [figureMessages.outputTokens, count(usage.outputTokens)],
    [speedMessages.reasoning, count(usage.reasoningTokens)],
    [callMessages.units, count(usage.units)],
    [speedMessages.timeToFirstToken, ttfbMs === null ? null : formatDuration(formatters, ttfbMs)],
    ...toCostDetails(item, localizer),
  ];
  return entries.flatMap(([key, value, isCode = false]) =>
    value === null ? [] : [{ label: t(key), value, isCode }],
  );
}

/** The exact cost and who named it, where amounts are money: a page that shows credits may not mean to show what it pays. */
function toCostDetails(item: CallItem, localizer: Localizer): [MessageDefinition, string | null][] {
  const { t, amounts } = localizer;
  const money = toMoney(item.cost, item.currency);
  if (amounts === 'credits' || money === null) return [];
  const source = lookUp(COST_SOURCE_LABELS, item.costSource);
  const table = item.priceTable ?? '–';
  return [
    [metricMessages.cost, toMoneyFigure(localizer, money).title],
    [callMessages.costSource, source === undefined ? item.costSource : t(source, { table })],
  ];
}

const COST_SOURCE_LABELS: Readonly<Record<CostSource, MessageDefinition>> = {
  reported: callMessages.costReported,
  host: callMessages.costHost,
  priced: callMessages.costPriced,
  unknown: figureMessages.unknown,
};
