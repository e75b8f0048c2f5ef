import { html, nothing, svg, type TemplateResult } from 'lit';
import { renderRuleHead } from '../../rules/render-rule.js';
import type { AlertView, ScaleView } from './usage-alerts.view.js';

const TONES = { firing: 'bad', ok: 'good', unknown: 'neutral', off: 'neutral' } as const;
const WIDTH = 100;
const HEIGHT = 6;
const TRACK_Y = 2;
const TRACK_HEIGHT = 2;

/** A rule: its name and state, the value among its levels, and what is watched. */
export function renderAlert(view: AlertView): TemplateResult {
  const { state, stateText, value, metric, levels, watched } = view;
  return html`${renderRuleHead(view, stateText, TONES[state])}
    <div class="rule-line">
      <span
        ><span class="rule-value" part="value">${value}</span>
        <span class="muted">${metric}</span></span
      >
      <span class="muted small">${levels}</span>
    </div>
    ${renderScale(view.scale, state)}
    ${watched === '' ? nothing : html`<p class="quiet-line">${watched}</p>`}`;
}

/** The value as a bar with a mark at each level; the words next to it say the same. */
function renderScale(scale: ScaleView, state: AlertView['state']): TemplateResult {
  const { value, levels } = scale;
  return html`<svg
    class="scale ${state}"
    part="scale"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <rect class="track" y=${TRACK_Y} width=${WIDTH} height=${TRACK_HEIGHT} rx="1"></rect>
    ${
      value === null
        ? nothing
        : svg`<rect class="fill" y=${TRACK_Y} width=${value * WIDTH} height=${TRACK_HEIGHT} rx="1"></rect>`
    }
    ${levels.map((level) => svg`<line x1=${level * WIDTH} x2=${level * WIDTH} y2=${HEIGHT}></line>`)}
  </svg>`;
}
