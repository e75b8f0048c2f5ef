import type { AlertChannel, AlertRule, Budget, Project } from '@usage-kit/server-sdk/contract';
import { BUDGET_METRIC_NAMES, METRIC_NAMES, isQuotaMetric } from '../view-models/alert-values.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { RuleElement } from '../base/rule-card-element.js';
import { formatTimeZoneName } from '../format/clock.js';
import { alertMessages } from '../locales/en/alerts.js';
import { formMessages } from '../locales/en/rule-form.js';
import type { MessageDefinition } from '../locales/messages.js';
import { controlStyles } from '../styles/controls.styles.js';
import { adoptStyles } from './adopt-styles.js';
import { FormFields } from './form-fields.js';
import { renderProblem } from './render-rule.js';
import type { RuleProblem } from './rule-changes.js';
import {
  createDraft,
  isRatioMetric,
  readAlert,
  readBudget,
  toChannelName,
  toDraft,
  type DraftFaults,
  type RuleDraft,
} from './rule-draft.js';
import { ruleFormStyles } from './rule-form.styles.js';
import type { RuleInput } from './rule-list-card.js';

/** What a form is of, and what it can do. */
export interface FormOptions {
  kind: RuleDraft['kind'];
  /** `null`: a new one. */
  rule: AlertRule | Budget | null;
  /** What the host offers. */
  channels: readonly AlertChannel[];
  projects: readonly Project[];
  nameProject: (appDid: string) => string;
  isBusy: boolean;
  problem: RuleProblem | null;
  onSave: (input: RuleInput) => void;
  onCancel: () => void;
}

/** Never a choice of a rule: calls without a project. */
const UNASSIGNED: typeof import('@usage-kit/server-sdk/contract').UNASSIGNED_APP_DID = 'unassigned';

const SCOPES: Readonly<Record<RuleDraft['scope'], MessageDefinition>> = {
  account: alertMessages.alertScopeAccount,
  project: formMessages.formScopeProject,
  model: formMessages.formScopeModel,
};
const UNITS = {
  day: alertMessages.alertWindowDay,
  week: alertMessages.alertWindowWeek,
  month: alertMessages.alertWindowMonth,
};
const WINDOWS = { ...UNITS, rolling: formMessages.formWindowRolling };

/** The form of an alert rule or a budget: what is typed, and what is wrong with it. */
export class RuleForm {
  readonly #host: RuleElement;
  #draft: RuleDraft | null = null;
  #faults: DraftFaults = {};

  constructor(host: RuleElement) {
    this.#host = host;
    adoptStyles(host, [controlStyles, ruleFormStyles]);
  }

  /** Forgets what was typed: another form is opened. */
  reset(): void {
    this.#draft = null;
    this.#faults = {};
  }

  render(host: RuleElement, options: FormOptions): TemplateResult {
    const { t } = host.localizer;
    const draft = (this.#draft ??= this.#begin(options));
    const fields = new FormFields(host.localizer, draft, this.#faults);
    return html`<form
      class="editor"
      part="editor"
      novalidate
      aria-label=${options.rule?.name ?? t(draft.kind === 'alert' ? alertMessages.alertNew : alertMessages.budgetNew)}
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        this.#submit(options);
      }}
      @input=${this.#onInput}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        options.onCancel();
      }}
    >
      ${fields.text('name', formMessages.formName, { isWide: true, maxLength: 120 })}
      ${this.#renderSubject(fields, draft, options)} ${this.#renderLimits(fields, draft)}
      ${this.#renderSwitches(fields, draft, options)}
      <div class="wide">${renderProblem(host.localizer, options.problem)}</div>
      <div class="choices wide">
        <button class="button primary" type="submit" aria-disabled=${String(options.isBusy)}>
          ${t(options.isBusy ? formMessages.formSaving : formMessages.formSave)}
        </button>
        <button class="button" type="button" @click=${options.onCancel}>
          ${t(alertMessages.alertCancel)}
        </button>
      </div>
    </form>`;
  }

  #begin({ kind, rule, channels }: FormOptions): RuleDraft {
    const { appDid, settings } = this.#host;
    const defaults = { timeZone: settings.timeZone, appDid, channels };
    return rule === null ? createDraft(kind, defaults) : toDraft(rule, defaults);
  }

  /** What is counted, of what, in which period. */
  #renderSubject(fields: FormFields, draft: RuleDraft, options: FormOptions): TemplateResult {
    const { kind, metric, scope, window, timeZone } = draft;
    const isBudget = kind === 'budget';
    const isOfProject = this.#host.appDid !== '';
    const names = Object.entries(isBudget ? BUDGET_METRIC_NAMES : METRIC_NAMES);
    const metrics = names.filter(([name]) => !isOfProject || !isQuotaMetric(name));
    const label = isBudget ? formMessages.formBudgetMetric : formMessages.formMetric;
    const zone = fields.t(formMessages.formZone, { zone: formatTimeZoneName(timeZone) });
    return html`${fields.choice('metric', label, fields.named(metrics))}
    ${
      isOfProject || isQuotaMetric(metric)
        ? nothing
        : html`${fields.choice('scope', formMessages.formScope, fields.named(Object.entries(SCOPES)))}
          ${scope === 'project' ? this.#renderProjects(fields, draft, options) : nothing}
          ${scope === 'model' ? fields.text('model', formMessages.formModel, { maxLength: 255 }) : nothing}`
    }
    ${
      isQuotaMetric(metric)
        ? nothing
        : html`${fields.choice(
            'window',
            formMessages.formWindow,
            fields.named(Object.entries(isBudget ? UNITS : WINDOWS)),
            window === 'rolling' ? '' : zone,
          )}
          ${
            window === 'rolling'
              ? fields.text('hours', formMessages.formHours, {
                  ...{ hint: formMessages.formHoursHint, isNumber: true },
                })
              : nothing
          }`
    }`;
  }

  #renderProjects(
    fields: FormFields,
    { appDid }: RuleDraft,
    { projects, nameProject }: FormOptions,
  ): TemplateResult {
    const known = projects.map((project) => project.appDid).filter((did) => did !== UNASSIGNED);
    const all = [...new Set([...(appDid === '' ? [] : [appDid]), ...known])];
    const named = all.map((did): [string, string] => [did, nameProject(did)]);
    return fields.choice('appDid', formMessages.formProject, [['', '–'], ...named]);
  }

  #renderLimits(fields: FormFields, { kind, metric }: RuleDraft): TemplateResult {
    if (kind === 'budget') {
      return html`${fields.text('amount', formMessages.formAmount, { isNumber: true })}
      ${fields.text('levels', formMessages.formAlertAt, { hint: formMessages.formAlertAtHint })}`;
    }
    const hint = {
      errorRate: formMessages.formPercentHint,
      p95DurationMs: formMessages.formSecondsHint,
    }[metric as string];
    return html`${fields.text('levels', formMessages.formLevels, {
      hint: hint ?? formMessages.formLevelsHint,
    })}
    ${
      isRatioMetric(metric)
        ? fields.text('minCalls', formMessages.formMinCalls, {
            ...{ hint: formMessages.formMinCallsHint, isNumber: true },
          })
        : nothing
    }`;
  }

  #renderSwitches(
    fields: FormFields,
    draft: RuleDraft,
    { rule, channels }: FormOptions,
  ): TemplateResult {
    const offered = listChannels(channels, rule);
    const name = (channel: string): string =>
      channel === 'callback'
        ? fields.t(formMessages.formChannelCallback)
        : channel.slice(channel.indexOf(':') + 1);
    return html`${
        channels.length === 0
          ? nothing
          : html`<fieldset class="wide">
              <legend>${fields.t(formMessages.formChannels)}</legend>
              ${offered.map((channel) =>
                fields.check('channels', name(channel), draft.channels.includes(channel), channel),
              )}
            </fieldset>`
      }
      <div class="wide checks">
        ${fields.check('enabled', fields.t(formMessages.formEnabled), draft.enabled)}
        ${
          draft.kind === 'budget'
            ? fields.check('enforce', fields.t(formMessages.formEnforce), draft.enforce)
            : nothing
        }
      </div>`;
  }

  readonly #onInput = (event: Event): void => {
    const draft = this.#draft;
    const control = event.target as HTMLInputElement | HTMLSelectElement;
    const name = control.name as keyof RuleDraft;
    if (draft === null) return;
    this.#draft = { ...draft, [name]: readControl(draft, control) };
    // What was wrong is looked at again when it is saved.
    const { [name]: _, ...faults } = this.#faults;
    this.#faults = faults;
    this.#host.requestUpdate();
  };

  #submit({ isBusy, channels, onSave }: FormOptions): void {
    const draft = this.#draft;
    if (draft === null || isBusy) return;
    const hasChannels = channels.length > 0;
    const read = draft.kind === 'budget' ? readBudget : readAlert;
    const result = read(draft, hasChannels);
    this.#faults = 'faults' in result ? result.faults : {};
    this.#host.requestUpdate();
    if ('input' in result) {
      onSave(result.input);
      return;
    }
    void this.#host.updateComplete.then(() => {
      this.#host.renderRoot.querySelector<HTMLElement>('.editor [aria-invalid="true"]')?.focus();
    });
  }
}

/** What the host offers, and what the rule has all the same. */
function listChannels(
  channels: readonly AlertChannel[],
  rule: AlertRule | Budget | null,
): readonly string[] {
  return [...new Set([...channels, ...(rule?.channels ?? [])].map(toChannelName))];
}

function readControl(
  draft: RuleDraft,
  control: HTMLInputElement | HTMLSelectElement,
): string | boolean | readonly string[] {
  if (!('checked' in control) || control.type !== 'checkbox') return control.value;
  const { name, checked, value } = control;
  if (name !== 'channels') return checked;
  const others = draft.channels.filter((channel) => channel !== value);
  return checked ? [...others, value] : others;
}
