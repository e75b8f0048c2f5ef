import type { CallItem, CallStatus, Instant } from '@usage-kit/server-sdk/contract';
import { formatCredits, formatCreditsExact } from '../../format/credits.js';
import { formatInstant, formatInstantExact } from '../../format/date.js';
import { formatCount } from '../../format/number.js';
import { toDurationFigure, toUnknownFigure, type Figure } from '../../view-models/figure.js';
import { toMoney, toMoneyFigure } from '../../view-models/money-figure.js';
import { lookUp } from '../../utils/look-up.js';
import { shortenId } from '../../view-models/project-name.js';
import type { MessageDefinition } from '../../locales/messages.js';
import type { Localizer } from '../../locales/localizer.js';
import { callMessages } from '../../locales/en/calls.js';
import { figureMessages } from '../../locales/en/figures.js';
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
