import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import manifest from 'virtual:custom-elements';

/** A story as Storybook's index has it. */
interface Entry {
  id: string;
  title: string;
  name: string;
  type: string;
}

interface Choices {
  element: string;
  theme: string;
  locale: string;
  width: number;
}

const ELEMENTS = manifest.modules
  .flatMap(({ declarations }) => declarations)
  .map(({ tagName = '' }) => tagName.replace('usage-', '').replaceAll('-', ' '))
  .filter((name) => !['', 'provider'].includes(name))
  .sort();

export default {
  title: 'States',
  // Frames of other stories, which are tested themselves.
  tags: ['!autodocs', '!test'],
  argTypes: {
    element: { control: { type: 'select' }, options: ELEMENTS },
    theme: { control: { type: 'inline-radio' }, options: ['light', 'dark'] },
    locale: { control: { type: 'inline-radio' }, options: ['en', 'zh', 'de', 'ar'] },
    width: { control: { type: 'range', min: 280, max: 1_600, step: 40 }, description: 'px' },
  },
  args: { element: 'quota', theme: 'light', locale: 'en', width: 720 } satisfies Choices,
};

/** All states of an element side by side, each in a frame of the width that is set. */
export const Together = {
  name: 'Side by side',
  loaders: [
    async (): Promise<{ entries: Entry[] }> => {
      const response = await fetch('index.json');
      const { entries } = (await response.json()) as { entries: Record<string, Entry> };
      return { entries: Object.values(entries).filter(({ type }) => type === 'story') };
    },
  ],
  render(
    { element, theme, locale, width }: Choices,
    { loaded }: { loaded: { entries?: Entry[] } },
  ): TemplateResult {
    const title = `elements/${element}`;
    const states = (loaded.entries ?? []).filter((entry) => entry.title.toLowerCase() === title);
    const direction = locale === 'ar' ? 'rtl' : 'ltr';
    const globals = `theme:${theme};locale:${locale};direction:${direction};a11y.manual:!true`;
    const toUrl = ({ id }: Entry): string =>
      `iframe.html?id=${id}&viewMode=story&globals=${globals}`;
    return html`<div class="states">
      ${states.length === 0 ? html`<p>There is no story of this element.</p>` : nothing}
      ${repeat(
        states,
        toUrl,
        (state) =>
          html`<figure>
            <figcaption>
              <a href="?path=/story/${state.id}" target="_top">${state.name}</a>
            </figcaption>
            <iframe
              title=${state.name}
              src=${toUrl(state)}
              width=${width}
              height="460"
              loading="lazy"
            ></iframe>
          </figure>`,
      )}
    </div>`;
  },
};
