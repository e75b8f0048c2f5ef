import type { CallItem, CostSource } from '@usage-kit/server-sdk/contract';
import { formatCredits, formatCreditsExact } from '../../format/credits.js';
import { formatInstantExact } from '../../format/date.js';
import { formatCount } from '../../format/number.js';
import { callDrawerMessages } from '../../locales/en/call-drawer.js';
import { callMessages } from '../../locales/en/calls.js';
import { figureMessages } from '../../locales/en/figures.js';
import { metricMessages } from '../../locales/en/metrics.js';
import { modelMessages } from '../../locales/en/models.js';
import { speedMessages } from '../../locales/en/speed.js';
import type { Localizer } from '../../locales/localizer.js';
import type { MessageDefinition } from '../../locales/messages.js';
import { lookUp } from '../../utils/look-up.js';
import { toDurationFigure, toUnknownFigure, type Figure } from '../../view-models/figure.js';
import { toMoney, toMoneyFigure } from '../../view-models/money-figure.js';
import type { CallRow } from './usage-call-history.view.js';

/** A name and a value of a call. */
export interface CallField {
  label: string;
  value: Figure;
  /** An identifier: shown as code, with a button that copies it. */
  isId: boolean;
}

/** Fields under a heading. */
export interface CallFields {
  title: string;
  fields: CallField[];
}

type Entry = [label: MessageDefinition, value: Figure | string | null, isId?: true];

/** Everything a call says, in groups; what its server does not know of is left out, what was not recorded is a dash. */
export function toCallDetails(row: CallRow, localizer: Localizer, timeZone: string): CallFields[] {
  const { t } = localizer;
  const groups: [MessageDefinition, Entry[]][] = [
    [callDrawerMessages.callGroup, toCallEntries(row, localizer, timeZone)],
    [callDrawerMessages.callUsage, toUsageEntries(row.item, localizer)],
    [metricMessages.cost, toCostEntries(row, localizer)],
  ];
  return groups.map(([title, entries]) => ({
    title: t(title),
    fields: entries.flatMap(([label, value, isId = false]) =>
      value === null
        ? []
        : [{ label: t(label), value: typeof value === 'string' ? toFigure(value) : value, isId }],
    ),
  }));
}

const toFigure = (text: string): Figure => ({ text, title: '' });

function toCallEntries(row: CallRow, localizer: Localizer, timeZone: string): Entry[] {
  const { item, duration, typeText } = row;
  const { providerName }: Partial<CallItem> = item;
  const firstToken = toDurationFigure(
    localizer,
    item.ttfbMs,
    item.status === 'processing' ? figureMessages.durationUnknown : callDrawerMessages.noFirstToken,
  );
  return [
    [modelMessages.model, item.model],
    [callMessages.provider, providerName ?? item.provider],
    [callMessages.callType, typeText],
    [callMessages.callTime, formatInstantExact(localizer.formatters, item.startedAt, timeZone)],
    [callMessages.callDuration, duration],
    [speedMessages.timeToFirstToken, firstToken],
    [callMessages.callId, item.id, true],
    [callMessages.traceId, item.traceId, true],
  ];
}

function toUsageEntries({ usage, status }: CallItem, localizer: Localizer): Entry[] {
  const reason =
    status === 'processing' ? figureMessages.durationUnknown : figureMessages.tokensUnknown;
  // An older server does not send parts of tokens.
  const count = (value: number | null | undefined): Figure | null => {
    if (value === undefined) return null;
    if (value === null) return toUnknownFigure(localizer, reason);
    return toFigure(formatCount(localizer.formatters, value));
  };
  return [
    [figureMessages.inputTokens, count(usage.inputTokens)],
    [speedMessages.cachedInput, count(usage.cachedInputTokens)],
    [speedMessages.cacheWrite, count(usage.cacheWriteTokens)],
    [figureMessages.outputTokens, count(usage.outputTokens)],
    [speedMessages.reasoning, count(usage.reasoningTokens)],
    [callDrawerMessages.totalTokens, count(usage.totalTokens)],
    // Of images, seconds and the like: a type that counts tokens has none.
    [callDrawerMessages.units, usage.units === null ? null : count(usage.units)],
  ];
}

/** What a call cost; money and who named it only where amounts are money: a page of credits may not mean to show what it pays. */
function toCostEntries({ item, cost }: CallRow, localizer: Localizer): Entry[] {
  const { t, amounts, formatters } = localizer;
  const { credits } = item;
  const creditsFigure =
    credits === null
      ? toUnknownFigure(localizer, figureMessages.creditsUnknown)
      : {
          text: formatCredits(formatters, credits),
          title: formatCreditsExact(formatters, credits),
        };
  if (amounts === 'credits') return [[metricMessages.credits, creditsFigure]];
  const money = toMoney(item.cost, item.currency);
  if (money === null) return [[metricMessages.cost, cost]];
  const source = lookUp(COST_SOURCE_LABELS, item.costSource);
  const table = item.priceTable ?? '–';
  return [
    [metricMessages.cost, toMoneyFigure(localizer, money).title],
    [callDrawerMessages.costSource, source === undefined ? item.costSource : t(source, { table })],
  ];
}

const COST_SOURCE_LABELS: Readonly<Record<CostSource, MessageDefinition>> = {
  reported: callDrawerMessages.costReported,
  host: callDrawerMessages.costHost,
  priced: callDrawerMessages.costPriced,
  unknown: figureMessages.unknown,
};
