import type { ModelItem, Models } from '@usage-kit/server-sdk/contract';
import { SERIES_COLORS, type DoughnutSpec, type SeriesColor } from '../charts/chart-spec.js';
import type { ChartTable } from '../charts/chart-table.js';
import { formatCount, formatRatio } from '../format/number.js';
import { toMetricFigure, getShownMetrics, type Figure } from './figure.js';
import { toFirstTokenFigure, toSpeedFigure } from './minor-figures.js';
import { createFigureFormatter } from './figure-formatter.js';
import type { Localizer } from '../locales/localizer.js';
import { modelMessages } from '../locales/en/models.js';
import { speedMessages } from '../locales/en/speed.js';
import { metricMessages } from '../locales/en/metrics.js';

/** The models of a project, or of the account. */
export type ModelList = Pick<Models, 'items'>;

const MAX_SLICES = 5;

/** One slice with its line in the legend. */
export interface ModelSlice {
  label: string;
  /** The model with its providers. */
  title: string;
  color: SeriesColor;
  /** 0 to 1. */
  share: number;
  shareText: string;
  calls: Figure;
  /** Time to first token and output speed; `null` for several models, and of an older server. */
  speed: Figure | null;
}

/** The most used models, and one slice for all others. */
export function toModelSlices({ items }: ModelList, localizer: Localizer): ModelSlice[] {
  // Folding a single model would hide its name and save no line.
  const shownCount = items.length <= MAX_SLICES + 1 ? items.length : MAX_SLICES;
  const shown = items.slice(0, shownCount);
  const folded = items.slice(shownCount);
  const slices = shown.map((item, index) =>
    toSlice(item, SERIES_COLORS[index] ?? 'other', localizer),
  );
  return folded.length === 0 ? slices : [...slices, toOther(folded, localizer)];
}

function toSlice(item: ModelItem, color: SeriesColor, localizer: Localizer): ModelSlice {
  return {
    label: item.model,
    title: [listProviders(item), item.model].filter((text) => text !== '').join(' / '),
    color,
    share: item.share,
    shareText: formatRatio(localizer.formatters, item.share),
    calls: toMetricFigure(localizer, item.totals, 'calls'),
    speed: toSpeed(localizer, item),
  };
}

/** Both with their names; the title has the percentile and the samples. */
function toSpeed(localizer: Localizer, { totals }: ModelItem): Figure | null {
  const samples: number | undefined = totals.ttfbSamples;
  if (samples === undefined) return null;
  const first = toFirstTokenFigure(localizer, totals);
  const output = toSpeedFigure(localizer, totals);
  const { t } = localizer;
  const say = (form: 'text' | 'title'): string =>
    `${t(speedMessages.timeToFirstToken)} ${first[form]} · ${t(speedMessages.outputSpeed)} ${output[form]}`;
  return { text: say('text'), title: say('title') };
}

/** The providers of a model by their names, empty where none is known. An older server has ids only, or one at most. */
function listProviders({ provider, providers, providerNames }: Partial<ModelItem>): string {
  return (providerNames ?? providers ?? (provider == null ? [] : [provider])).join(', ');
}

function toOther(folded: readonly ModelItem[], localizer: Localizer): ModelSlice {
  const { t, formatters } = localizer;
  const share = folded.reduce((sum, item) => sum + item.share, 0);
  const calls = folded.reduce((sum, { totals }) => sum + totals.calls, 0);
  return {
    label: t(modelMessages.otherModels, { count: formatCount(formatters, folded.length) }),
    title: folded.map(({ model }) => model).join(', '),
    color: 'other',
    share,
    shareText: formatRatio(formatters, share),
    calls: { text: formatCount(formatters, calls), title: formatCount(formatters, calls) },
    speed: null,
  };
}

/** The doughnut of the slices. */
export function toModelsSpec(slices: readonly ModelSlice[]): DoughnutSpec {
  return {
    kind: 'doughnut',
    labels: slices.map(({ label }) => label),
    slices: slices.map(({ label, color, share }) => ({ label, color, value: share })),
  };
}

/** Every model with every figure, none folded. */
export function toModelsTable({ items }: ModelList, localizer: Localizer): ChartTable {
  const { t, formatters } = localizer;
  const metrics = getShownMetrics(localizer);
  const format = createFigureFormatter(
    localizer,
    items.map(({ totals }) => totals),
  );
  return {
    caption: t(modelMessages.models),
    headings: [
      t(modelMessages.model),
      t(modelMessages.share),
      ...metrics.map((metric) => t(metricMessages[metric])),
      t(speedMessages.timeToFirstToken),
      t(speedMessages.outputSpeed),
    ],
    chosen: null,
    rows: items.map((item) => {
      const { model, share, totals } = item;
      return {
        label: model,
        note: listProviders(item),
        figures: [
          { text: formatRatio(formatters, share), title: '' },
          ...metrics.map((metric) => format(totals, metric)),
          toFirstTokenFigure(localizer, totals),
          toSpeedFigure(localizer, totals),
        ],
      };
    }),
  };
}
