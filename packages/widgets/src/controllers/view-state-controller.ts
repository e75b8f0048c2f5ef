import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { UsageViewChangeEvent, type UsageViewState } from '../events/usage-view-change.js';

/** How an element's choices are read and set; a missing member is the default. */
export interface ViewStatePort {
  read(): Readonly<Record<string, string | undefined>>;
  write(state: UsageViewState): void;
}

/**
 * Reports to the page what a person chose inside an element, and restores it.
 *
 * Choices are compared after each update: two choices of one update are one event, and choices that the page itself set
 * cause none.
 */
export class ViewStateController implements ReactiveController {
  readonly #host: ReactiveControllerHost & EventTarget;
  readonly #port: ViewStatePort;
  #reported: string | null = null;

  constructor(host: ReactiveControllerHost & EventTarget, port: ViewStatePort) {
    this.#host = host;
    this.#port = port;
    host.addController(this);
  }

  get(): UsageViewState {
    const entries = Object.entries(this.#port.read());
    return Object.fromEntries(
      entries.filter((entry): entry is [string, string] => (entry[1] ?? '') !== ''),
    );
  }

  set(state: UsageViewState | undefined): void {
    this.#port.write(state ?? {});
    this.#reported = JSON.stringify(this.get());
  }

  hostUpdated(): void {
    const state = this.get();
    const now = JSON.stringify(state);
    if (now === this.#reported) return;
    const isFirst = this.#reported === null;
    this.#reported = now;
    if (!isFirst) this.#host.dispatchEvent(new UsageViewChangeEvent(state));
  }
}

/** `-credits`: a column and its order as one text; nothing for the default. */
export function writeSort(by: string, order: 'asc' | 'desc', initial: string): string | undefined {
  const sort = `${order === 'desc' ? '-' : ''}${by}`;
  return sort === initial ? undefined : sort;
}

/** The column and order that a text names, the default where it names no column. */
export function readSort<Sort extends string>(
  text: string | undefined,
  columns: readonly Sort[],
  initial: `-${Sort}`,
): { sortBy: Sort; sortOrder: 'asc' | 'desc' } {
  const sort = text ?? initial;
  const name = sort.replace(/^-/, '');
  const sortBy = columns.find((column) => column === name);
  if (sortBy === undefined) return readSort(undefined, columns, initial);
  return { sortBy, sortOrder: sort.startsWith('-') ? 'desc' : 'asc' };
}

/** A page number that a text names, 1 where it names none. */
export function readPage(text: string | undefined): number {
  const page = Number(text);
  return Number.isInteger(page) && page > 0 ? page : 1;
}
