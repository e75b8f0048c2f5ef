import { html, nothing, type TemplateResult } from 'lit';
import type { QuerySource } from '../controllers/query-controller.js';
import { describeFreshness } from './freshness.js';
import type { DataHost } from './states.js';

/** The parts of a card; its freshness is added to the footer. */
export interface CardParts {
  title: string;
  actions?: TemplateResult | typeof nothing;
  body: TemplateResult;
  query: QuerySource<unknown>;
  /** {@link renderPolledFooter} for what refreshes by itself, else `renderStatusFooter`. */
  footer: (host: DataHost, query: QuerySource<unknown>) => TemplateResult;
}

/**
 * Frame of an element: heading, actions, body, footer.
 *
 * Its description and the title of its heading say how fresh it is; what polls says it in its footer too.
 */
export function renderCard(host: DataHost, parts: CardParts): TemplateResult {
  const { query, footer } = parts;
  const isLoading = query.state.status === 'loading';
  return html`<section
    class="card"
    part="card"
    aria-labelledby="title"
    aria-describedby="freshness"
    aria-busy=${String(isLoading)}
  >
    <div class="head" part="header">
      <div
        class="title"
        id="title"
        part="title"
        role="heading"
        aria-level=${host.headingLevel}
        title=${describeFreshness(host, query)}
      >
        <slot name="title">${parts.title}</slot>
      </div>
      <div class="actions" part="actions">
        ${parts.actions ?? nothing}<slot name="actions"></slot>
      </div>
    </div>
    ${parts.body} ${footer(host, query)}
  </section>`;
}
