import type { Totals } from '@usage-kit/server-sdk/contract';
import { formatRatio } from '../format/number.js';
import { speedMessages } from '../locales/en/speed.js';
import type { Localizer } from '../locales/localizer.js';
import type { MessageDefinition } from '../locales/messages.js';
import {
  toCountFigure,
  toDurationFigure,
  toOptionalCountFigure,
  toUnknownFigure,
  type Figure,
} from './figure.js';

/** A figure of less weight than a card: speed, and what tokens are made of. */
export interface MinorFigure {
  label: string;
  figure: Figure;
  /** Of how many calls it is, where not all of them reported it; else empty. */
  note: string;
}

/** Speed and parts of tokens, always six so that nothing moves; none of an older server, which does not send them. */
export function toMinorFigures(localizer: Localizer, totals: Totals): MinorFigure[] {
  const samples: number | undefined = totals.ttfbSamples;
  if (samples === undefined) return [];
  const { t } = localizer;
  const of = (samples: number, all: number): string =>
    samples === 0 || samples >= all ? '' : describeSamples(localizer, samples);
  const ended = totals.successfulCalls + totals.failedCalls;
  const ttfbNote = of(samples, totals.successfulCalls);
  const minor = (label: MessageDefinition, figure: Figure, note = ''): MinorFigure => ({
    label: t(label),
    figure,
    note,
  });
  const tokens = (value: number | null, reason: MessageDefinition): Figure =>
    toOptionalCountFigure(localizer, value, reason);
  return [
    minor(speedMessages.timeToFirstToken, toFirstTokenFigure(localizer, totals), ttfbNote),
    minor(
      speedMessages.p95TimeToFirstToken,
      toDurationFigure(localizer, totals.p95TtfbMs, speedMessages.noTimeToFirstToken),
      ttfbNote,
    ),
    minor(speedMessages.outputSpeed, toSpeedFigure(localizer, totals)),
    minor(
      speedMessages.cachedInput,
      toCacheFigure(localizer, totals),
      of(totals.cacheSamples, ended),
    ),
    minor(
      speedMessages.cacheWrite,
      tokens(totals.cacheWriteTokens, speedMessages.cacheWriteNotReported),
    ),
    minor(
      speedMessages.reasoning,
      tokens(totals.reasoningTokens, speedMessages.reasoningNotReported),
    ),
  ];
}

/** The average time to the first token; the title has the P95, and of how many calls they are. */
export function toFirstTokenFigure(localizer: Localizer, totals: Partial<Totals>): Figure {
  const reason = speedMessages.noTimeToFirstToken;
  const average = toDurationFigure(localizer, totals.averageTtfbMs ?? null, reason);
  if (totals.p95TtfbMs == null) return average;
  const p95 = toDurationFigure(localizer, totals.p95TtfbMs, reason);
  const { ttfbSamples = 0 } = totals;
  const samples = ttfbSamples === 0 ? '' : ` · ${describeSamples(localizer, ttfbSamples)}`;
  return { ...average, title: `${average.title} · P95 ${p95.title}${samples}` };
}

/** Output tokens a second. */
export function toSpeedFigure(localizer: Localizer, totals: Partial<Totals>): Figure {
  const { t, formatters } = localizer;
  const { outputTokensPerSecond: speed } = totals;
  if (speed == null) return toUnknownFigure(localizer, speedMessages.noOutputSpeed);
  const say = (options: Intl.NumberFormatOptions): string =>
    t(speedMessages.tokensPerSecond, { count: formatters.number(options).format(speed) });
  return {
    text: say({ maximumSignificantDigits: 3 }),
    title: say({ maximumFractionDigits: 3 }),
  };
}

/** The share of input tokens that came from a cache; the title says of how many calls it is known. */
export function toCacheFigure(localizer: Localizer, totals: Partial<Totals>): Figure {
  const { cacheShare, cacheSamples = 0 } = totals;
  if (cacheShare == null) return toUnknownFigure(localizer, speedMessages.cacheNotReported);
  const text = formatRatio(localizer.formatters, cacheShare);
  const count = toCountFigure(localizer, cacheSamples).title;
  const title = localizer.t(speedMessages.cachedOfCalls, { share: text, count }, cacheSamples);
  return { text, title };
}

function describeSamples(localizer: Localizer, samples: number): string {
  const count = toCountFigure(localizer, samples).text;
  return localizer.t(speedMessages.ofCalls, { count }, samples);
}
