import { html, nothing, type TemplateResult } from 'lit';

/** One choice of a segmented control. */
export interface Segment {
  value: string;
  label: string;
  /** Of one that opens a panel: whether it is open. */
  isExpanded?: boolean;
}

/** A row of toggle buttons of which one is pressed; wraps where there is no room. */
export function renderSegments(
  label: string,
  segments: readonly Segment[],
  chosen: string,
  onChoose: (value: string) => void,
): TemplateResult {
  return html`<div class="segments" part="segments" role="group" aria-label=${label}>
    ${segments.map(
      (segment) =>
        html`<button
          type="button"
          aria-pressed=${String(segment.value === chosen)}
          aria-expanded=${segment.isExpanded ?? nothing}
          @click=${() => onChoose(segment.value)}
        >
          ${segment.label}
        </button>`,
    )}
  </div>`;
}
