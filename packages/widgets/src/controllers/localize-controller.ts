import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { getDocumentElement, readAttribute } from '../utils/natives.js';

/**
 * Follows the language of the page around an element.
 *
 * Looks for the nearest `lang` attribute, through shadow roots: `lang` on the host of a shadow root applies inside it,
 * which neither `closest` nor `:lang()` of an ancestor sees.
 */
export class LocalizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: MutationObserver | null = null;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** BCP 47 tag of the surroundings, else the browser's. */
  get locale(): string {
    return findLang(this.#host) ?? navigator.language;
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(() => this.#host.requestUpdate());
    this.#observer.observe(getDocumentElement(), {
      attributes: true,
      attributeFilter: ['lang'],
      subtree: true,
    });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }
}

function findLang(start: Element): string | null {
  const named = start.closest('[lang]:not([lang=""])');
  if (named !== null) return readAttribute(named, 'lang');
  const root = start.getRootNode();
  return root instanceof ShadowRoot ? findLang(root.host) : null;
}
