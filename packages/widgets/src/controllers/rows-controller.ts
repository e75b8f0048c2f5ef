import type { ReactiveController } from 'lit';
import type { DeferredContent, UsageElement } from '../base/usage-element.js';
import { isDocumentHidden } from '../utils/natives.js';
import { cancelTask, runInTask } from './task-timer.js';

/** Ten rows, their layout included, take well under 50 ms; a hundred take about 200 ms. */
const ROWS_A_TASK = 10;
/** A page of the usual size is rendered in one task: rows differ in height, so reserved space would shift what is below. */
const FIRST_ROWS = 25;

/** Rows that are rendered now, and how many are still to come. */
export interface RevealedRows<Item> {
  items: readonly Item[];
  pending: number;
}

/**
 * Renders a long list progressively, a page of the usual size first and then a few rows per task, so that no task blocks input.
 *
 * Rendered rows stay; the others follow in order. A `.pending` row with `data-rows` reserves the space of those to come.
 */
export class RowsController implements ReactiveController, DeferredContent {
  readonly #host: UsageElement;
  #shown: ReadonlySet<string> = new Set();
  #revealed = new Set<string>();
  #pending = 0;
  #task = 0;

  constructor(host: UsageElement) {
    this.#host = host;
    host.deferredContents.push(this);
    host.addController(this);
  }

  hostUpdate(): void {
    this.#revealed = new Set();
    this.#pending = 0;
  }

  /**
   * The rows to render in the running update.
   *
   * @param firstRows of a list that is new, how many come before the others
   */
  reveal<Item>(
    items: readonly Item[],
    getKey: (item: Item, index: number) => string,
    firstRows = FIRST_ROWS,
  ): RevealedRows<Item> {
    const isNew = !items.some((item, index) => this.#shown.has(getKey(item, index)));
    // A hidden page has no reader, and its timers run once a second.
    let free = isDocumentHidden() ? Infinity : isNew ? firstRows : ROWS_A_TASK;
    const revealed = items.filter((item, index) => {
      const key = getKey(item, index);
      const isRevealed = this.#shown.has(key) || free > 0;
      if (!isRevealed) return false;
      if (!this.#shown.has(key)) free -= 1;
      this.#revealed.add(key);
      return true;
    });
    this.#pending = items.length - revealed.length;
    return { items: revealed, pending: this.#pending };
  }

  hostUpdated(): void {
    this.#shown = this.#revealed;
    this.#reserveSpace();
    if (this.#pending === 0 || this.#task !== 0) return;
    this.#task = runInTask(() => {
      this.#task = 0;
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    cancelTask(this.#task);
    this.#task = 0;
  }

  async whenComplete(): Promise<void> {
    while (this.#task !== 0) await new Promise<void>(runInTask);
  }

  #reserveSpace(): void {
    const pending = this.#host.renderRoot.querySelector<HTMLElement>('.pending');
    // Not the first row: where borders collapse it is half a pixel lower than the others.
    const height = pending?.previousElementSibling?.getBoundingClientRect().height;
    if (pending == null || height === undefined) return;
    pending.style.blockSize = `${Number(pending.dataset['rows']) * height}px`;
    pending.style.backgroundSize = `100% ${height}px`;
  }
}
