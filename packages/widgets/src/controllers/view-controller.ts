import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Distance outside of the viewport that counts as in view, so that an element has loaded when it is scrolled to. */
const VIEW_MARGIN = '200px';

type Host = ReactiveControllerHost & Element & { renderRoot: Node };

// One observer for all elements of a page: the browser would evaluate a hundred of them in every frame.
let sharedObserver: IntersectionObserver | null = null;
const callbacks = new WeakMap<Element, (isInView: boolean) => void>();

/**
 * Knows whether an element is in the view or near it; in doubt it is.
 *
 * What has no box (`display: none`) is not. Watches the box inside of the shadow root: what a page does to the host
 * (`display: contents`, say) does not reach it.
 */
export class ViewController implements ReactiveController {
  /** Whether the browser has reported the position of the element yet. */
  isKnown = false;
  isInView = true;
  readonly #host: Host;
  readonly #listeners: (() => void)[] = [];
  #watched: Element | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /** Calls back whenever the element comes or goes, for as long as it lives. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  hostConnected(): void {
    const { renderRoot } = this.#host;
    this.#watched = renderRoot instanceof Element ? renderRoot : this.#host;
    callbacks.set(this.#watched, (isInView) => this.#set(isInView));
    getObserver().observe(this.#watched);
  }

  hostDisconnected(): void {
    if (this.#watched !== null) getObserver().unobserve(this.#watched);
    this.#watched = null;
    this.isKnown = false;
    this.isInView = true;
  }

  #set(isInView: boolean): void {
    if (this.isKnown && isInView === this.isInView) return;
    this.isKnown = true;
    this.isInView = isInView;
    for (const listener of this.#listeners) listener();
  }
}

function getObserver(): IntersectionObserver {
  sharedObserver ??= new IntersectionObserver(
    (entries) => {
      // Of several reports about one element the last is the newest.
      for (const { target, isIntersecting } of entries) callbacks.get(target)?.(isIntersecting);
    },
    { rootMargin: VIEW_MARGIN },
  );
  return sharedObserver;
}
