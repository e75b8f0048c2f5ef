import type {
  AlertMetric,
  AlertRule,
  AlertRuleInput,
  AlertWindow,
} from '@usage-kit/server-sdk/contract';
import { html, type TemplateResult } from 'lit';
import { alertMessages } from '../../locales/en/alerts.js';
import type { Localizer } from '../../locales/localizer.js';
import { formatWindow, METRIC_NAMES } from '../../view-models/alert-values.js';

/** The form of a rule. */
export interface AlertEditor {
  /** `null`: a new one. */
  rule: AlertRule | null;
  /** Of calendar windows of a new rule. */
  timeZone: string;
  isBusy: boolean;
  onSave: (input: AlertRuleInput) => void;
  onInvalid: () => void;
  onCancel: () => void;
}

const DECIMAL = /^\d{1,18}(\.\d{1,10})?$/;
const MAX_NAME_LENGTH = 120;
const ROLLING_HOURS = 24;

/** Renders the form: name, metric, levels (a comma between two), window. Enter saves. */
export function renderAlertEditor(localizer: Localizer, editor: AlertEditor): TemplateResult {
  const { t } = localizer;
  const { rule, timeZone, onCancel } = editor;
  const windows = listWindows(timeZone, rule);
  return html`<form
    class="editor"
    part="editor"
    novalidate
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      submit(event.target as HTMLFormElement, editor, windows);
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') onCancel();
    }}
  >
    <label>
      <span>${t(alertMessages.alertName)}</span>
      <input
        class="input"
        name="name"
        maxlength=${MAX_NAME_LENGTH}
        autocomplete="off"
        .value=${rule?.name ?? ''}
      />
    </label>
    <label>
      <span>${t(alertMessages.alertMetric)}</span>
      <select class="input select" name="metric">
        ${Object.entries(METRIC_NAMES).map(
          ([metric, name]) =>
            html`<option value=${metric} ?selected=${metric === rule?.metric}>${t(name)}</option>`,
        )}
      </select>
    </label>
    <label>
      <span>${t(alertMessages.alertLevel)}</span>
      <input
        class="input"
        name="levels"
        inputmode="decimal"
        autocomplete="off"
        .value=${rule?.levels.map(({ threshold }) => threshold).join(', ') ?? ''}
      />
    </label>
    <label>
      <span>${t(alertMessages.alertWindow)}</span>
      <select class="input select" name="window">
        ${windows.map(
          (window, index) =>
            html`<option value=${index}>${formatWindow(localizer, window)}</option>`,
        )}
      </select>
    </label>
    ${renderButtons(localizer, editor)}
  </form>`;
}

function renderButtons({ t }: Localizer, { isBusy, onCancel }: AlertEditor): TemplateResult {
  return html`<div class="choices">
    <button class="button primary" type="submit" ?disabled=${isBusy}>
      ${t(alertMessages.alertSave)}
    </button>
    <button class="button" type="button" @click=${onCancel}>${t(alertMessages.alertCancel)}</button>
  </div>`;
}

/** The windows to choose from; that of the rule first. */
function listWindows(timeZone: string, rule: AlertRule | null): AlertWindow[] {
  const usual: AlertWindow[] = [
    ...(['day', 'week', 'month'] as const).map((unit) => ({
      ...{ kind: 'calendar' as const, unit, timeZone },
    })),
    { kind: 'rolling', hours: ROLLING_HOURS },
  ];
  return rule === null ? usual : [rule.window, ...usual.filter((one) => !isSame(one, rule.window))];
}

const isSame = (a: AlertWindow, b: AlertWindow): boolean =>
  a.kind === 'rolling'
    ? b.kind === 'rolling' && a.hours === b.hours
    : b.kind === 'calendar' && a.unit === b.unit;

function submit(form: HTMLFormElement, editor: AlertEditor, windows: readonly AlertWindow[]): void {
  const data = new FormData(form);
  const read = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const levels = read('levels')
    .split(',')
    .map((level) => level.trim());
  const window = windows[Number(read('window'))];
  const name = read('name');
  if (name === '' || window === undefined || !levels.every((level) => DECIMAL.test(level))) {
    editor.onInvalid();
    form.querySelector<HTMLElement>(name === '' ? '[name="name"]' : '[name="levels"]')?.focus();
    return;
  }
  editor.onSave({ name, metric: read('metric') as AlertMetric, levels, window });
}
