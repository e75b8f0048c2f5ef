import type { PropertyDeclarations } from 'lit';
import { ViewStateController } from '../controllers/view-state-controller.js';
import type { UsageViewState } from '../events/usage-view-change.js';
import { CardElement } from './card-element.js';

/**
 * Base of the cards in which a person chooses what is shown: a page can store the choices and restore them.
 *
 * @fires usage-view-change - when a person changed what is shown; `detail.viewState` shows the same again
 */
export abstract class ChoiceCardElement<Data> extends CardElement<Data> {
  static override properties: PropertyDeclarations = {
    viewState: { attribute: false, noAccessor: true },
  };

  readonly #viewState = new ViewStateController(this, {
    read: () => this.readChoices(),
    write: (state) => this.writeChoices(state),
  });

  /** What a person chose inside, as texts that fit a URL; set it to show the same again. */
  get viewState(): UsageViewState {
    return this.#viewState.get();
  }

  set viewState(state: UsageViewState | undefined) {
    this.#viewState.set(state);
  }

  /** The choices as text by name; `undefined` for a default. */
  protected abstract readChoices(): Readonly<Record<string, string | undefined>>;

  /** Applies choices that a page stored; a missing or unknown one is the default. */
  protected abstract writeChoices(state: UsageViewState): void;
}
