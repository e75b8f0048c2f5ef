import type { LitElement } from 'lit';
import { adoptStyles } from '../utils/adopt-styles.js';
import { createDiv, getDocumentElement } from '../utils/natives.js';
import { tooltipStyles } from './tooltips.styles.js';

const GAP_PX = 6;

/**
 * Shows titles of an element as its own tooltips: exact figures, names that are cut, what a button does. The browser's come late,
 * in its look, and never on a touch screen; there a tap on what is no control shows one.
 *
 * The `title` attributes stay what assistive technology reads: one is away only while its tooltip is there.
 */
export function showTooltips(host: LitElement): void {
  adoptStyles(host, tooltipStyles);
  const root = host.renderRoot as HTMLElement;
  const tooltips = new Tooltips(root);
  root.addEventListener('pointerover', tooltips.onOver);
  root.addEventListener('pointerout', tooltips.onOut);
  root.addEventListener('pointerdown', tooltips.hide, { capture: true });
  root.addEventListener('pointerup', tooltips.onTap);
  root.addEventListener('focusin', tooltips.onFocus);
  root.addEventListener('focusout', tooltips.hide);
  root.addEventListener('keydown', tooltips.onKey);
}

class Tooltips {
  readonly #root: HTMLElement;
  readonly #panel = createDiv();
  #target: HTMLElement | null = null;
  #title = '';

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#panel.className = 'tip';
    this.#panel.popover = 'manual';
    // The title is the description already.
    this.#panel.ariaHidden = 'true';
  }

  readonly onOver = (event: Event): void => {
    const { pointerType } = event as PointerEvent;
    if (pointerType === 'touch') return;
    this.#show(findTitled(event));
  };

  readonly onOut = (event: Event): void => {
    const next = (event as PointerEvent).relatedTarget;
    if (this.#target !== null && next instanceof Node && this.#target.contains(next)) return;
    this.hide();
  };

  readonly onTap = (event: Event): void => {
    const target = findTitled(event);
    const isTouch = (event as PointerEvent).pointerType === 'touch';
    if (isTouch && target?.closest('button, a, select, input, summary') === null) {
      this.#show(target);
    }
  };

  readonly onFocus = (event: Event): void => {
    const target = findTitled(event);
    if (target?.matches(':focus-visible') === true) this.#show(target);
  };

  readonly onKey = (event: Event): void => {
    if ((event as KeyboardEvent).key === 'Escape') this.hide();
  };

  readonly hide = (): void => {
    this.#panel.remove();
    // One that was rendered meanwhile is newer.
    if (this.#target !== null && !this.#target.hasAttribute('title')) {
      this.#target.title = this.#title;
    }
    this.#target = null;
  };

  /** Appears after a moment, by its style. */
  #show(target: HTMLElement | null): void {
    if (target === null) return;
    this.hide();
    this.#target = target;
    this.#title = target.title;
    // The browser's own would come, too.
    target.removeAttribute('title');
    this.#panel.textContent = this.#title;
    this.#root.append(this.#panel);
    this.#panel.showPopover();
    placeTip(this.#panel, target);
  }
}

/** What has a title and holds what an event is about. */
function findTitled(event: Event): HTMLElement | null {
  const target = event.target as Element | null;
  const titled = target?.closest<HTMLElement>('[title]') ?? null;
  return titled === null || titled.title === '' ? null : titled;
}

/** Above its target, below where there is no room, and within the window. */
function placeTip(panel: HTMLElement, target: Element): void {
  const box = target.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const { clientWidth } = getDocumentElement();
  const left = box.left + box.width / 2 - width / 2;
  const isBelow = box.top - GAP_PX - height < 0;
  panel.style.left = `${Math.max(GAP_PX, Math.min(left, clientWidth - width - GAP_PX))}px`;
  panel.style.top = `${isBelow ? box.bottom + GAP_PX : box.top - GAP_PX - height}px`;
}
