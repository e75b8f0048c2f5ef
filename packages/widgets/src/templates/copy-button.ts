import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import * as icons from './icons.js';

/** Holds which text was copied last, so that its button confirms it. */
export class CopyController implements ReactiveController {
  readonly #host: LitElement;
  #copied: string | null = null;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#copied = null;
  }

  /** A button that copies `text`; `labels` are its name before and after. */
  render(text: string, labels: { copy: string; copied: string }): TemplateResult {
    const isCopied = this.isCopied(text);
    const label = isCopied ? labels.copied : labels.copy;
    return html`<button
      type="button"
      class="button quiet icon copy"
      part="copy"
      aria-label=${label}
      title=${label}
      @click=${() => this.copy(text)}
    >
      ${isCopied ? icons.check() : icons.copy()}
    </button>`;
  }

  /** Whether `text` is what was copied last. */
  isCopied(text: string): boolean {
    return this.#copied === text;
  }

  async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#copied = text;
    } catch {
      // Without permission nothing was copied; a confirmation would be wrong.
      this.#copied = null;
    }
    this.#host.requestUpdate();
  }
}
