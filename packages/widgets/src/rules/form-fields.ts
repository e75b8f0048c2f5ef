import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer, Translate } from '../locales/localizer.js';
import type { MessageDefinition } from '../locales/messages.js';
import type { DraftFaults, RuleDraft } from './rule-draft.js';

type TextName = 'name' | 'model' | 'hours' | 'levels' | 'minCalls' | 'amount';
type ChoiceName = 'metric' | 'scope' | 'appDid' | 'window';

/** How a text field is. */
export interface TextOptions {
  hint?: MessageDefinition;
  isWide?: boolean;
  isNumber?: boolean;
  maxLength?: number;
}

/** The fields of a draft: a label, a control, and what is wrong with it or how it is filled in. */
export class FormFields {
  readonly t: Translate;
  readonly #draft: RuleDraft;
  readonly #faults: DraftFaults;

  constructor({ t }: Localizer, draft: RuleDraft, faults: DraftFaults) {
    this.t = t;
    this.#draft = draft;
    this.#faults = faults;
  }

  /** Names and labels of choices. */
  named(entries: readonly (readonly [string, MessageDefinition])[]): (readonly [string, string])[] {
    return entries.map(([name, label]) => [name, this.t(label)]);
  }

  text(name: TextName, label: MessageDefinition, options: TextOptions = {}): TemplateResult {
    const { hint, isWide = false, isNumber = false, maxLength = 200 } = options;
    return html`<label class="field ${isWide ? 'wide' : ''}">
      <span>${this.t(label)}</span>
      <input
        class="input"
        name=${name}
        data-focus=${name === 'name' ? 'field' : nothing}
        maxlength=${maxLength}
        inputmode=${isNumber ? 'decimal' : nothing}
        autocomplete="off"
        aria-invalid=${String(this.#faults[name] !== undefined)}
        aria-describedby="hint-${name}"
        .value=${this.#draft[name]}
      />
      ${this.#renderHint(name, hint === undefined ? '' : this.t(hint))}
    </label>`;
  }

  choice(
    name: ChoiceName,
    label: MessageDefinition,
    choices: readonly (readonly [string, string])[],
    hint = '',
  ): TemplateResult {
    const chosen = this.#draft[name];
    return html`<label class="field">
      <span>${this.t(label)}</span>
      <select
        class="input select"
        name=${name}
        aria-invalid=${String(this.#faults[name] !== undefined)}
        aria-describedby="hint-${name}"
      >
        ${choices.map(
          ([value, text]) =>
            html`<option value=${value} .selected=${value === chosen}>${text}</option>`,
        )}
      </select>
      ${this.#renderHint(name, hint)}
    </label>`;
  }

  check(
    name: 'channels' | 'enabled' | 'enforce',
    label: string,
    isChecked: boolean,
    value = 'on',
  ): TemplateResult {
    return html`<label class="check">
      <input type="checkbox" name=${name} value=${value} .checked=${isChecked} />
      <span>${label}</span>
    </label>`;
  }

  #renderHint(name: TextName | ChoiceName, hint: string): TemplateResult {
    const fault = this.#faults[name];
    // Of an error rate no more than all can fail.
    const max = this.#draft.kind === 'budget' ? '1,000' : '100';
    return html`<span class="hint ${fault === undefined ? '' : 'fault'}" id="hint-${name}"
      >${fault === undefined ? hint : this.t(fault, { max })}</span
    >`;
  }
}
