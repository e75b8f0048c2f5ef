import { html, type TemplateResult } from 'lit';
import { metricMessages } from '../locales/en/metrics.js';
import { trendMessages } from '../locales/en/trends.js';
import type { Localizer } from '../locales/localizer.js';
import { renderSegments } from './segments.js';
import { getShownMetrics, METRICS, type Metric } from '../view-models/figure.js';

/** The choice of the figure that is drawn: a row of buttons, and a list where there is no room for them. */
export function renderMetricSwitch(
  localizer: Localizer,
  shown: Metric,
  onChoose: (metric: Metric) => void,
): TemplateResult {
  const { t } = localizer;
  const choose = (value: string): void =>
    onChoose(METRICS.find((metric) => metric === value) ?? 'calls');
  const segments = getShownMetrics(localizer).map((metric) => ({
    value: metric,
    label: t(metricMessages[metric]),
  }));
  return html`${renderSegments(t(trendMessages.trendMetric), segments, shown, choose)}
    <select
      class="select metric-select"
      aria-label=${t(trendMessages.trendMetric)}
      @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
    >
      ${segments.map(
        ({ value, label }) =>
          html`<option value=${value} .selected=${value === shown}>${label}</option>`,
      )}
    </select>`;
}
