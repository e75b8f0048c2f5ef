import type { CallItem, CallStatus, CallType } from '@usage-kit/server-sdk/contract';
import { formatCredits, formatCreditsExact } from '../../format/credits.js';
import { formatInstant, formatInstantExact } from '../../format/date.js';
import { formatCount } from '../../format/number.js';
import { durationFigure, unknownFigure, type Figure } from '../../internal/figure.js';
import { shortenId } from '../../internal/project-name.js';
import type { MessageKey } from '../../locales/en.js';
import type { Localizer } from '../../locales/localizer.js';

/** Names of the states. Typed by the contract: a state that is missing does not compile. */
export const STATUS_LABELS: Readonly<Record<CallStatus, MessageKey>> = {
  success: 'statusSuccess',
  failed: 'statusFailed',
  processing: 'statusProcessing',
};

/** Names of the types of calls. */
export const TYPE_LABELS: Readonly<Record<CallType, MessageKey>> = {
  chatCompletion: 'typeChatCompletion',
  embedding: 'typeEmbedding',
  imageGeneration: 'typeImageGeneration',
  audioGeneration: 'typeAudioGeneration',
  video: 'typeVideo',
  custom: 'typeCustom',
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

/** A call ready to show; slower than `slowAfterMs` is marked. */
export function toCallRow(
  item: CallItem,
  localizer: Localizer,
  timeZone: string,
  slowAfterMs: number,
): CallRow {
  const { t, formatters } = localizer;
  const isProcessing = item.status === 'processing';
  return {
    item,
    shortId: shortenId(item.id),
    statusText: t(STATUS_LABELS[item.status]),
    typeText: t(TYPE_LABELS[item.type]),
    time: {
      text: formatInstant(formatters, item.startedAt, timeZone),
      title: formatInstantExact(formatters, item.startedAt, timeZone),
    },
    tokens: toTokens(item, localizer),
    duration: durationFigure(
      localizer,
      item.durationMs,
      isProcessing ? 'durationUnknown' : 'durationNotRecorded',
    ),
    isSlow: item.durationMs !== null && item.durationMs > slowAfterMs,
    cost:
      item.credits === null
        ? unknownFigure(localizer, isProcessing ? 'durationUnknown' : 'creditsUnknown')
        : {
            text: formatCredits(formatters, item.credits),
            title: formatCreditsExact(formatters, item.credits),
          },
  };
}

function toTokens({ usage, status }: CallItem, localizer: Localizer): Figure {
  const { t, formatters } = localizer;
  if (usage.totalTokens === null) {
    return unknownFigure(localizer, status === 'processing' ? 'durationUnknown' : 'tokensUnknown');
  }
  const count = (value: number | null): string =>
    value === null ? '–' : formatCount(formatters, value);
  return {
    text: count(usage.totalTokens),
    title: `${t('inputTokens')} ${count(usage.inputTokens)}, ${t('outputTokens')} ${count(usage.outputTokens)}`,
  };
}

/** Name and value of what an opened row tells beyond its columns; what is not known is left out. */
export function toCallDetails(
  item: CallItem,
  { t, formatters }: Localizer,
): { label: string; value: string; isCode: boolean }[] {
  const count = (value: number | null): string | null =>
    value === null ? null : formatCount(formatters, value);
  const entries: [MessageKey, string | null, boolean][] = [
    ['callId', item.id, true],
    ['traceId', item.traceId, true],
    ['provider', item.provider, false],
    ['inputTokens', count(item.usage.inputTokens), false],
    ['outputTokens', count(item.usage.outputTokens), false],
    ['units', count(item.usage.units), false],
    [
      'timeToFirstByte',
      item.ttfbMs === null ? null : `${formatCount(formatters, item.ttfbMs)} ms`,
      false,
    ],
  ];
  return entries.flatMap(([key, value, isCode]) =>
    value === null ? [] : [{ label: t(key), value, isCode }],
  );
}
