import type {
  AlertChannel,
  AlertRule,
  AlertRuleInput,
  Budget,
  BudgetInput,
  Projects,
} from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RuleCard, RuleElement } from '../base/rule-card-element.js';
import { QueryController } from '../controllers/query-controller.js';
import { toRangeRequest } from '../controllers/range-query.js';
import { formatCount } from '../format/number.js';
import { alertMessages } from '../locales/en/alerts.js';
import type { MessageDefinition } from '../locales/messages.js';
import { getData } from '../store/query-state.js';
import { dataTokensStyles } from '../styles/data-tokens.styles.js';
import { piecesStyles } from '../styles/pieces.styles.js';
import type { Notice } from '../templates/states.js';
import { toProjectName } from '../view-models/project-name.js';
import { adoptStyles } from './adopt-styles.js';
import { renderProblem, renderRuleFoot } from './render-rule.js';
import type { RuleBaseView, RuleContext } from './rule-base.view.js';
import { RuleChanges, type RuleTarget, type SendChange } from './rule-changes.js';
import type { RuleForm } from './rule-form.js';
import { rulesStyles } from './rules.styles.js';
import { importPart } from '../utils/import-part.js';

/** Projects that rules may be of: those of the last months, the most used first. */
const PROJECTS = { range: { from: 'last-90-days', to: '' }, pageSize: 100 };

/** What a form asks of the server. */
export type RuleInput = AlertRuleInput | BudgetInput;

/** A response with rules. */
interface RuleData<Rule> {
  items: Rule[];
  /** Missing: an old server, or one that says nothing of them. */
  channels?: AlertChannel[];
}

/** Rules below each other, each with its state, its history and its buttons, and a form in the place of the one that is edited. */
export abstract class RuleListCard<
  Rule extends AlertRule | Budget,
  Data extends RuleData<Rule>,
> implements RuleCard<Data> {
  protected readonly host: RuleElement;
  readonly #changes: RuleChanges;
  readonly #projects: QueryController<Projects>;
  #form: RuleForm | null = null;
  #showsAll = false;
  readonly #getData: () => Data | undefined;

  /** @param getData what is shown */
  constructor(host: RuleElement, getData: () => Data | undefined) {
    this.host = host;
    this.#getData = getData;
    this.#changes = new RuleChanges(host);
    adoptStyles(host, [dataTokensStyles, piecesStyles, rulesStyles]);
    this.#projects = new QueryController<Projects>(
      host,
      () => (this.#needsProjects() ? this.#toProjectsRequest() : null),
      { isSilent: true },
    );
  }

  protected abstract readonly kind: Rule['kind'];
  protected abstract readonly texts: {
    create: MessageDefinition;
    emptyTitle: MessageDefinition;
    emptyText: MessageDefinition;
  };
  /** Sends what a form says. */
  protected abstract send(target: RuleTarget, input: RuleInput): SendChange;
  protected abstract sendDelete(id: string): SendChange;
  protected abstract sort(rules: readonly Rule[], nowMs: number): readonly Rule[];
  /** Renders a rule without its buttons. */
  protected abstract renderRule(
    rule: Rule,
    context: RuleContext,
  ): { view: RuleBaseView; content: TemplateResult };

  onLoad(): void {
    this.#changes.onLoad();
  }

  updated(): void {
    this.#changes.updated();
  }

  renderActions(data: Data | undefined): TemplateResult | typeof nothing {
    if (!this.#canWrite || data === undefined || this.#changes.edited === 'new') return nothing;
    return html`<button
      class="button"
      type="button"
      data-focus="new"
      @click=${() => this.#edit('new')}
    >
      ${this.host.localizer.t(this.texts.create)}
    </button>`;
  }

  renderTop(data: Data | undefined): TemplateResult | typeof nothing {
    const { edited, problem, isForbidden } = this.#changes;
    const isOpen = edited === 'new' && data !== undefined;
    return html`${isForbidden ? renderProblem(this.host.localizer, problem) : nothing}${
      isOpen ? html`<div class="new" data-id="new">${this.#renderForm(null, data)}</div>` : nothing
    }`;
  }

  toEmptyNotice(data: Data): Notice | null {
    if (this.#listRules(data).length > 0 || this.#changes.edited === 'new') return null;
    const { t } = this.host.localizer;
    const { emptyTitle, emptyText } = this.texts;
    return { icon: this.renderEmptyIcon(), title: t(emptyTitle), text: t(emptyText) };
  }

  protected abstract renderEmptyIcon(): TemplateResult;

  render(data: Data): TemplateResult {
    const rules = this.#listRules(data);
    const max = this.#showsAll ? Infinity : Math.max(1, this.host.maxItems);
    const shown = rules.slice(0, max);
    const { t, formatters } = this.host.localizer;
    const more = rules.length - shown.length;
    const count = { count: formatCount(formatters, more) };
    return html`<ul class="pieces" part="rules">
        ${repeat(
          shown,
          ({ id }) => id,
          (rule, index) => this.#renderItem(rule, shown[index + 1] ?? shown[index - 1], data),
        )}
      </ul>
      ${
        more === 0
          ? nothing
          : html`<button
              class="button more"
              part="more"
              type="button"
              @click=${() => this.#showAll(rules[shown.length])}
            >
              ${t(alertMessages.alertMore, count, more)}
            </button>`
      }`;
  }

  get #canWrite(): boolean {
    return !this.host.readOnly && !this.#changes.isForbidden;
  }

  get #context(): RuleContext {
    const { localizer, settings } = this.host;
    const { store, timeZone } = settings;
    const known = getData(this.#projects.state)?.items ?? [];
    return {
      ...{ localizer, timeZone, nowMs: store.now() },
      nameProject: (appDid) =>
        toProjectName(
          localizer,
          known.find((project) => project.appDid === appDid) ?? {
            ...{ appDid, name: null, logoUrl: null, url: null },
          },
        ),
    };
  }

  #listRules(data: Data): readonly Rule[] {
    const { appDid, settings } = this.host;
    const rules = this.#changes.apply(data.items);
    const ours = rules.filter(
      ({ scope }) => appDid === '' || (scope.kind === 'project' && scope.appDid === appDid),
    );
    return this.sort(ours, settings.store.now());
  }

  /** Names are needed where a rule of a project is shown or edited, but not on the page of one. */
  #needsProjects(): boolean {
    if (this.host.appDid !== '') return false;
    const rules = this.#getData()?.items ?? [];
    return this.#changes.edited !== null || rules.some(({ scope }) => scope.kind === 'project');
  }

  #toProjectsRequest(): ReturnType<typeof toRangeRequest<Projects>> {
    const { range, pageSize } = PROJECTS;
    const params = { sortBy: 'calls', sortOrder: 'desc', pageSize } as const;
    return toRangeRequest<Projects>(this.host, {
      ...{ route: 'projects', params, range },
      send: (resolved, options) =>
        this.host.settings.client.getProjects({ ...resolved, ...params }, options),
    });
  }

  #renderItem(rule: Rule, neighbor: Rule | undefined, data: Data): TemplateResult {
    const { edited, problem, confirmed, busy } = this.#changes;
    if (edited === rule.id) {
      return html`<li class="piece rule" data-id=${rule.id}>${this.#renderForm(rule, data)}</li>`;
    }
    const { id } = rule;
    const { view, content } = this.renderRule(rule, this.#context);
    return html`<li class="piece rule ${rule.enabled ? '' : 'off'}" part="rule" data-id=${id}>
      ${content}
      ${renderRuleFoot(this.host.localizer, view, {
        canWrite: this.#canWrite,
        isBusy: busy === id,
        isConfirming: confirmed === id,
        problem: problem?.target === id && !this.#changes.isForbidden ? problem : null,
        onAcknowledge: () => void this.#changes.acknowledge(id),
        onSnooze: () => void this.#changes.snooze(id, view.isSnoozed),
        onEdit: () => this.#edit(id),
        onDelete: () => this.#changes.askToDelete(id),
        onKeep: () => this.#changes.keep(id),
        onConfirm: () => void this.#changes.delete(id, neighbor?.id ?? null, this.sendDelete(id)),
      })}
    </li>`;
  }

  #renderForm(rule: Rule | null, data: Data): TemplateResult | typeof nothing {
    const form = this.#form;
    if (form === null) return nothing;
    const target = rule?.id ?? 'new';
    const { busy, problem } = this.#changes;
    return form.render(this.host, {
      ...{ kind: this.kind, rule, channels: data.channels ?? [] },
      projects: getData(this.#projects.state)?.items ?? [],
      nameProject: this.#context.nameProject,
      isBusy: busy === target,
      problem: problem?.target === target ? problem : null,
      onCancel: () => this.#changes.close(),
      onSave: (input) => void this.#changes.save(target, input, this.send(target, input)),
    });
  }

  /** The form is loaded when it is first opened. */
  #edit(target: RuleTarget): void {
    this.#form?.reset();
    this.#changes.edit(target);
    if (this.#form !== null) return;
    importPart(() => import('./rule-form.js')).then(
      ({ RuleForm }) => {
        this.#form = new RuleForm(this.host);
        this.host.requestUpdate();
      },
      () => {
        this.#changes.edited = null;
        this.#changes.problem = { target, message: alertMessages.alertNoAnswer, detail: '' };
        this.host.requestUpdate();
      },
    );
  }

  /** The button is gone then: the first rule that it showed gets the focus. */
  #showAll(first: Rule | undefined): void {
    this.#showsAll = true;
    if (first !== undefined) this.#changes.focus({ target: first.id, name: 'first' });
  }
}
