import { html, nothing, type TemplateResult } from 'lit';
import { callDrawerMessages } from '../../locales/en/call-drawer.js';
import { callMessages } from '../../locales/en/calls.js';
import { projectMessages } from '../../locales/en/projects.js';
import type { Localizer } from '../../locales/localizer.js';
import type { CopyController } from '../../templates/copy-button.js';
import { toCallDetails, type CallField, type CallFields } from './call-details.js';
import type { CallRow } from './usage-call-history.view.js';

/** How the details of a call are shown. */
export interface CallDetailsDisplay {
  timeZone: string;
  copy: CopyController;
}

/** Why the call failed, then all its fields in groups, then its metadata; scrolls, also by keyboard. */
export function renderCallDetails(
  localizer: Localizer,
  row: CallRow,
  { timeZone, copy }: CallDetailsDisplay,
): TemplateResult {
  const { t } = localizer;
  const { errorReason, metadata } = row.item;
  return html`<div
    class="drawer-body"
    part="detail"
    tabindex="0"
    role="group"
    aria-labelledby="drawer-title"
  >
    ${
      errorReason === null
        ? nothing
        : html`<div class="drawer-error" part="error-reason">
            <strong>${t(callDrawerMessages.errorReason)}</strong>
            <div>${errorReason}</div>
          </div>`
    }
    ${toCallDetails(row, localizer, timeZone).map((group) => renderGroup(localizer, group, copy))}
    ${
      metadata === null
        ? nothing
        : html`<div class="drawer-label">${t(callDrawerMessages.metadata)}</div>
            <pre class="mono">${JSON.stringify(metadata, null, 2)}</pre>`
    }
  </div>`;
}

function renderGroup(
  localizer: Localizer,
  { title, fields }: CallFields,
  copy: CopyController,
): TemplateResult {
  return html`<div class="drawer-label">${title}</div>
    <dl>
      ${fields.map(
        (field) =>
          html`<div>
            <dt>${field.label}</dt>
            <dd>${renderValue(localizer, field, copy)}</dd>
          </div>`,
      )}
    </dl>`;
}

function renderValue(
  { t }: Localizer,
  { label, value, isId }: CallField,
  copy: CopyController,
): TemplateResult {
  const { text, title } = value;
  if (!isId) return html`<span title=${title || nothing}>${text}</span>`;
  const name = label === t(callMessages.callId) ? '' : `${label} `;
  return html`<bdi class="mono">${text}</bdi>${copy.render(text, {
      copy: t(projectMessages.copyId, { id: name + text }),
      copied: t(projectMessages.copied),
    })}`;
}
