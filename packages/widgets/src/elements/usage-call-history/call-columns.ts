import type { CallSort } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { CopyController } from '../../templates/copy-button.js';
import type { Column } from '../../templates/data-table.js';
import { toShownMetric, UNKNOWN_TEXT, type Figure } from '../../view-models/figure.js';
import { shortenId } from '../../view-models/project-name.js';
import { formatDuration } from '../../format/duration.js';
import { speedMessages } from '../../locales/en/speed.js';
import * as icons from '../../templates/icons.js';
import type { Localizer } from '../../locales/localizer.js';
import type { CallRow } from './usage-call-history.view.js';
import { callMessages } from '../../locales/en/calls.js';
import { metricMessages } from '../../locales/en/metrics.js';
import { modelMessages } from '../../locales/en/models.js';
import { projectMessages } from '../../locales/en/projects.js';

/** What the cells can do. */
export interface CallActions {
  copy: CopyController;
  onOpen: (id: string) => void;
}

/** Columns to choose, in the order in which they are shown; that of the status, which opens a call, is always there. */
export const CALL_COLUMNS = [
  ...(['time', 'id', 'traceId', 'model', 'provider', 'type'] as const),
  ...(['tokens', 'duration', 'firstToken', 'cost'] as const),
] as const;
export type CallColumn = (typeof CALL_COLUMNS)[number];

/** Columns that are shown only when a person chooses them. */
const MORE_COLUMNS: ReadonlySet<CallColumn> = new Set(['traceId', 'provider', 'firstToken']);
export const DEFAULT_COLUMNS: ReadonlySet<CallColumn> = new Set(
  CALL_COLUMNS.filter((column) => !MORE_COLUMNS.has(column)),
);

/** Whether there are more columns than a narrow table has room for. */
export const hasMoreColumns = (shown: ReadonlySet<CallColumn>): boolean =>
  [...MORE_COLUMNS].some((column) => shown.has(column));

export type CallTableColumn = Column<CallRow, CallSort> & { id: CallColumn | 'status' };

/** Whether a person chooses if a column is shown. */
export const isChosenColumn = (
  column: CallTableColumn,
): column is CallTableColumn & { id: CallColumn } => column.id !== 'status';

/** Columns of the call history, all of them. */
export function toCallColumns(localizer: Localizer, actions: CallActions): CallTableColumn[] {
  return [...toTextColumns(localizer, actions), ...toFigureColumns(localizer)];
}

function toTextColumns(localizer: Localizer, actions: CallActions): CallTableColumn[] {
  const { t } = localizer;
  return [
    {
      id: 'status',
      label: t(callMessages.callStatus),
      isHeading: true,
      cell: (row) => renderStatus(localizer, row, actions),
    },
    {
      id: 'time',
      label: t(callMessages.callTime),
      sort: 'time',
      cell: ({ item, time }) =>
        html`<time datetime=${item.startedAt} title=${time.title}>${time.text}</time>`,
    },
    {
      id: 'id',
      label: t(callMessages.callId),
      cell: (row) => renderId(localizer, row, actions),
    },
    {
      id: 'traceId',
      label: t(callMessages.traceId),
      cell: ({ item: { traceId } }) =>
        traceId === null
          ? UNKNOWN_TEXT
          : html`<span class="mono" title=${traceId}><bdi>${shortenId(traceId)}</bdi></span>`,
    },
    {
      id: 'model',
      label: t(modelMessages.model),
      cell: ({ item }) => html`<span class="model" title=${item.model}>${item.model}</span>`,
    },
    {
      id: 'provider',
      label: t(callMessages.provider),
      cell: ({ item }) => item.providerName ?? item.provider ?? UNKNOWN_TEXT,
    },
    {
      id: 'type',
      label: t(callMessages.callType),
      cell: ({ typeText }) => html`<span class="chip" part="chip">${typeText}</span>`,
    },
  ];
}

function toFigureColumns(localizer: Localizer): CallTableColumn[] {
  const { t } = localizer;
  const figure = ({ text, title }: Figure): TemplateResult =>
    html`<span title=${title}>${text}</span>`;
  return [
    {
      id: 'tokens',
      label: t(metricMessages.tokens),
      isFigure: true,
      cell: ({ tokens }) => figure(tokens),
    },
    {
      id: 'duration',
      label: t(callMessages.callDuration),
      sort: 'duration',
      isFigure: true,
      cell: ({ duration, isSlow }) =>
        html`${isSlow ? renderSlow(t(callMessages.slow)) : nothing} ${figure(duration)}`,
    },
    {
      id: 'firstToken',
      label: t(speedMessages.timeToFirstToken),
      isFigure: true,
      cell: ({ item: { ttfbMs } }) =>
        ttfbMs === null ? UNKNOWN_TEXT : formatDuration(localizer.formatters, ttfbMs),
    },
    {
      id: 'cost',
      label: t(metricMessages[toShownMetric(localizer, 'credits')]),
      isFigure: true,
      cell: ({ cost }) => figure(cost),
    },
  ];
}

const renderSlow = (word: string): TemplateResult =>
  html`<span class="slow" title=${word}
    >${icons.clock()}<span class="slow-word">${word}</span></span
  >`;

function renderId(
  { t }: Localizer,
  { item, shortId }: CallRow,
  { copy }: CallActions,
): TemplateResult {
  return html`<span class="id"
    ><span class="mono" title=${item.id}><bdi>${shortId}</bdi></span
    >${copy.render(item.id, {
      copy: t(projectMessages.copyId, { id: shortId }),
      copied: t(projectMessages.copied),
    })}</span
  >`;
}

function renderStatus(
  { t }: Localizer,
  { item, shortId, statusText }: CallRow,
  { onOpen }: CallActions,
): TemplateResult {
  return html`<span class="status-cell">
    <button
      type="button"
      class="button quiet icon expand"
      part="expand"
      aria-haspopup="dialog"
      .value=${item.id}
      aria-label=${t(callMessages.showDetails, { id: shortId })}
      @click=${() => onOpen(item.id)}
    >
      ${icons.chevron()}
    </button>
    <span class="status ${item.status}" part="status"><span class="dot"></span>${statusText}</span>
  </span>`;
}
