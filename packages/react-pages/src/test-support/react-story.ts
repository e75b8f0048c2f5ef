import { html, type TemplateResult } from 'lit';
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';

/** Shows React inside a story: a Storybook has one renderer, and this one's is Lit. */
class ReactStoryElement extends HTMLElement {
  #root: Root | null = null;
  #content: ReactNode = null;

  set content(content: ReactNode) {
    this.#content = content;
    this.#root?.render(content);
  }

  connectedCallback(): void {
    this.#root ??= createRoot(this);
    this.#root.render(this.#content);
  }

  disconnectedCallback(): void {
    this.#root?.unmount();
    this.#root = null;
  }
}

customElements.define('react-story', ReactStoryElement);

/** A story of React components; called again, e.g. for another theme, it renders into the same tree. */
export function reactStory(content: ReactNode): TemplateResult {
  return html`<react-story style="display: block" .content=${content}></react-story>`;
}
