import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../format/number.js';
import { callDrawerMessages } from '../../locales/en/call-drawer.js';
import { callMessages } from '../../locales/en/calls.js';
import type { Localizer } from '../../locales/localizer.js';
import type { MessageDefinition } from '../../locales/messages.js';
import * as icons from '../../templates/icons.js';
import type { CallRow } from './usage-call-history.view.js';

/** The call of the drawer and the way to others. */
export interface CallHeading {
  row: CallRow;
  /** Level of the heading, 1 to 6. */
  level: number;
  /** Where the call is in the list, from 0; `null`: it is not on a loaded page. `total` is `null` where it is not counted. */
  position: { index: number; total: number | null } | null;
  hasPrevious: boolean;
  hasNext: boolean;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
}

/** Which call it is, how it went, and buttons: to the one before, to the next, and out. */
export function renderCallHeading(localizer: Localizer, heading: CallHeading): TemplateResult {
  const { t } = localizer;
  const { row, level, hasPrevious, hasNext, onStep, onClose } = heading;
  const button = (
    message: MessageDefinition,
    {
      icon,
      part,
      isDisabled = false,
    }: { icon: TemplateResult; part: string; isDisabled?: boolean },
    onClick: () => void,
  ): TemplateResult =>
    // Not `disabled`: a button that loses the focus that way takes the arrow keys with it.
    html`<button
      type="button"
      class="button quiet icon ${part}"
      part=${part}
      aria-label=${t(message)}
      title=${t(message)}
      aria-disabled=${isDisabled ? 'true' : nothing}
      @click=${isDisabled ? nothing : onClick}
    >
      ${icon}
    </button>`;
  return html`<div class="drawer-head">
    <div class="drawer-steps">
      ${button(
        callDrawerMessages.previousCall,
        { icon: icons.up(), part: 'previous', isDisabled: !hasPrevious },
        () => onStep(-1),
      )}
      ${button(
        callDrawerMessages.nextCall,
        { icon: icons.down(), part: 'next', isDisabled: !hasNext },
        () => onStep(1),
      )}
      <span class="muted small">${renderPosition(localizer, heading)}</span>
      <span class="drawer-close"
        >${button(callDrawerMessages.closeCall, { icon: icons.close(), part: 'close' }, onClose)}</span
      >
    </div>
    <div class="drawer-title" aria-live="polite">
      <span id="drawer-title" role="heading" aria-level=${level}
        >${t(callMessages.showDetails, { id: row.shortId })}</span
      >
      <span class="status ${row.item.status}"><span class="dot"></span>${row.statusText}</span>
    </div>
  </div>`;
}

function renderPosition(
  { t, formatters }: Localizer,
  { position }: CallHeading,
): string | typeof nothing {
  if (position === null) return nothing;
  const place = formatCount(formatters, position.index + 1);
  if (position.total === null) return place;
  const total = formatCount(formatters, position.total);
  return t(callDrawerMessages.callPosition, { position: place, total });
}
