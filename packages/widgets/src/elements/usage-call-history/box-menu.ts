import type { UsageElement } from '../../base/usage-element.js';
import { adoptStyles } from '../../utils/adopt-styles.js';
import { placePanel } from '../../utils/place-panel.js';
import { boxMenuStyles } from './box-menu.styles.js';

/** A menu of boxes to tick, which stays open while they are; opened by a button, closed by Escape or a click elsewhere. */
export abstract class BoxMenu {
  protected readonly host: UsageElement;
  /** The running press began on the button of the open menu: the browser closes it before the click. */
  #isClosedByPress = false;

  constructor(host: UsageElement) {
    this.host = host;
    adoptStyles(host, boxMenuStyles);
    host.renderRoot.addEventListener('pointerdown', this.#onPress, { capture: true });
  }

  /** What is removed is closed by the browser. */
  get isOpen(): boolean {
    return this.find(this.panelSelector)?.matches(':popover-open') === true;
  }

  /** Selects the panel. */
  protected abstract readonly panelSelector: string;
  /** Selects the button that opens it now. */
  protected abstract readonly buttonSelector: string;

  /** Opens the menu of a button, or closes it where it is open or was when the button was pressed. */
  protected async toggleMenu(): Promise<void> {
    const isClosing = this.isOpen || this.#isClosedByPress;
    this.#isClosedByPress = false;
    if (isClosing) this.close();
    else await this.show();
  }

  /** Shows the menu, below its button. */
  async show(): Promise<void> {
    this.host.requestUpdate();
    await this.host.updateComplete;
    const panel = this.find(this.panelSelector);
    if (panel === null) return;
    if (panel.matches(':popover-open')) panel.hidePopover();
    panel.showPopover();
    this.place();
    this.focusFirst();
  }

  /** Puts the panel below its button, as wide as it is now. */
  protected place(): void {
    const [panel, button] = [this.find(this.panelSelector), this.find(this.buttonSelector)];
    if (panel !== null && button !== null) placePanel(panel, button);
  }

  /** Closes it. */
  close(): void {
    this.find(this.panelSelector)?.hidePopover();
  }

  protected find(selector: string): HTMLElement | null {
    return this.host.renderRoot.querySelector<HTMLElement>(selector);
  }

  /** Puts the focus on the first box, or on the panel where there is none yet. */
  protected focusFirst(): void {
    (this.find(`${this.panelSelector} input`) ?? this.find(this.panelSelector))?.focus();
  }

  readonly #onPress = (event: Event): void => {
    const button = (event.target as Element).closest(this.buttonSelector);
    this.#isClosedByPress = this.isOpen && button !== null;
  };

  protected readonly onToggle = (): void => {
    this.host.requestUpdate();
  };

  /** Arrow keys go from box to box, as Tab does; after Escape the focus is on the button, also where a click does not put it there. */
  protected readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      // Or the browser closes what lies below it as well.
      event.preventDefault();
      this.close();
      this.find(this.buttonSelector)?.focus();
      return;
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    const all = this.host.renderRoot.querySelectorAll<HTMLElement>(`${this.panelSelector} input`);
    const boxes = [...all];
    const at = boxes.indexOf(event.target as HTMLElement);
    event.preventDefault();
    boxes[(at + by + boxes.length) % boxes.length]?.focus();
  };
}
