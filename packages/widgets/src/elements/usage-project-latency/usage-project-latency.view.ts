import type { LatencyBar, ProjectLatency } from '@usage-kit/server-sdk/contract';
import type { SeriesColor } from '../../charts/chart-spec.js';
import type { ChartTable } from '../../charts/chart-table.js';
import { formatDuration, formatDurationTick } from '../../format/duration.js';
import { formatCount, formatRatio } from '../../format/number.js';
import { latencyMessages } from '../../locales/en/latency.js';
import { modelMessages } from '../../locales/en/models.js';
import { metricMessages } from '../../locales/en/metrics.js';
import type { Localizer } from '../../locales/localizer.js';

/** A bar, ready to show. */
export interface BarView {
  /** `1s – 1.5s`. */
  range: string;
  /** Calls with their share, and the share up to here. */
  text: string;
  /** Of the highest bar, 0 to 1. */
  height: number;
}

/** A percentile, ready to show. */
export interface MarkView {
  label: string;
  text: string;
  color: SeriesColor;
  /** In bars from the first one's beginning. */
  at: number;
}

/** A bound below the bars. */
export interface BoundView {
  text: string;
  /** In bars from the first one's beginning. */
  at: number;
}

/** Durations, ready to show. */
export interface LatencyView {
  bars: BarView[];
  marks: MarkView[];
  bounds: BoundView[];
  samples: string;
  /** What the bars show, for screen readers. */
  summary: string;
}

const MAX_BOUNDS = 5;

/** Bars, percentiles and bounds of durations. */
export function toLatencyView(latency: ProjectLatency, localizer: Localizer): LatencyView {
  const { t, formatters } = localizer;
  const { bars, durationSamples, p50DurationMs, p95DurationMs, p99DurationMs } = latency;
  const highest = Math.max(1, ...bars.map(({ calls }) => calls));
  const say = (ms: number | null): string => (ms === null ? '–' : formatDuration(formatters, ms));
  const count = { count: formatCount(formatters, durationSamples) };
  const mark = (label: string, ms: number | null, color: SeriesColor): MarkView[] =>
    ms === null ? [] : [{ label, text: say(ms), color, at: locate(bars, ms) }];
  return {
    bars: bars.map((bar, index) => ({
      range: nameRange(localizer, bar),
      text: [
        t(
          latencyMessages.latencyCalls,
          {
            count: formatCount(formatters, bar.calls),
            share: formatRatio(formatters, bar.calls / durationSamples),
          },
          bar.calls,
        ),
        t(latencyMessages.latencyUpToText, {
          share: formatRatio(formatters, sumUpTo(bars, index) / durationSamples),
          duration: formatDurationTick(formatters, bar.toMs),
        }),
      ].join(' · '),
      height: bar.calls / highest,
    })),
    marks: [
      ...mark('P50', p50DurationMs, '3'),
      ...mark('P95', p95DurationMs, '2'),
      ...mark('P99', p99DurationMs, '4'),
    ],
    bounds: toBounds(localizer, bars),
    samples: t(latencyMessages.latencySamples, count, durationSamples),
    summary: t(
      latencyMessages.latencySummary,
      {
        ...count,
        from: formatDurationTick(formatters, bars[0]?.fromMs ?? 0),
        to: formatDurationTick(formatters, bars.at(-1)?.toMs ?? 0),
        p50: say(p50DurationMs),
        p95: say(p95DurationMs),
        p99: say(p99DurationMs),
      },
      durationSamples,
    ),
  };
}

/** All bars as rows. */
export function toLatencyTable(
  { bars, durationSamples }: ProjectLatency,
  localizer: Localizer,
): ChartTable {
  const { t, formatters } = localizer;
  const figure = (text: string): { text: string; title: string } => ({ text, title: '' });
  return {
    caption: t(latencyMessages.latencyRange),
    headings: [
      t(latencyMessages.latencyRange),
      t(metricMessages.calls),
      t(modelMessages.share),
      t(latencyMessages.latencyUpTo),
    ],
    chosen: null,
    rows: bars.map((bar, index) => ({
      label: nameRange(localizer, bar),
      note: '',
      figures: [
        figure(formatCount(formatters, bar.calls)),
        figure(formatRatio(formatters, bar.calls / durationSamples)),
        figure(formatRatio(formatters, sumUpTo(bars, index) / durationSamples)),
      ],
    })),
  };
}

function sumUpTo(bars: readonly LatencyBar[], index: number): number {
  return bars.slice(0, index + 1).reduce((sum, { calls }) => sum + calls, 0);
}

function nameRange({ formatters }: Localizer, { fromMs, toMs }: LatencyBar): string {
  return `${formatDurationTick(formatters, fromMs)} – ${formatDurationTick(formatters, toMs)}`;
}

/** Every bound, or every second and so on where they are many; never all of them on a phone. */
function toBounds({ formatters }: Localizer, bars: readonly LatencyBar[]): BoundView[] {
  const step = Math.ceil(bars.length / MAX_BOUNDS);
  const edges = [bars[0]?.fromMs ?? 0, ...bars.map(({ toMs }) => toMs)];
  return edges.flatMap((ms, at) =>
    at % step === 0 ? [{ text: formatDurationTick(formatters, ms), at }] : [],
  );
}

/** Where a duration is, in bars: within one by its logarithm, as their widths grow. */
function locate(bars: readonly LatencyBar[], ms: number): number {
  const found = bars.findIndex(({ toMs }) => ms <= toMs);
  const index = found === -1 ? bars.length - 1 : found;
  const { fromMs = 0, toMs = 1 } = bars[index] ?? {};
  if (fromMs <= 0) return index + Math.min(1, ms / toMs);
  const part = Math.log(ms / fromMs) / Math.log(toMs / fromMs);
  return index + Math.min(1, Math.max(0, part));
}
