import type { ArgTypes, Args } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import tokens from 'virtual:token-defaults';
import { toThemeCss, toThemeProperties } from './theme-css.js';

/** A control's name and what it sets; the schemes have one each where they differ. */
const controls = tokens.flatMap((token) => [
  { ...token, scheme: 'light' as const, arg: token.name },
  ...(token.isScheme ? [{ ...token, scheme: 'dark' as const, arg: `dark ${token.name}` }] : []),
]);

const toCategory = ({ isScheme, scheme }: (typeof controls)[number]): string => {
  if (!isScheme) return 'both schemes';
  return scheme === 'light' ? 'light' : 'dark';
};

const argTypes: ArgTypes = Object.fromEntries(
  controls.map((control) => [
    control.arg,
    {
      name: control.name,
      control: control.name.startsWith('--usage-color-') ? 'color' : 'text',
      table: { category: toCategory(control), defaultValue: { summary: control[control.scheme] } },
    },
  ]),
);

const args: Args = Object.fromEntries(
  controls.map((control) => [control.arg, control[control.scheme]]),
);

export default {
  title: 'Theme',
  tags: ['!autodocs'],
  argTypes,
  args,
  parameters: { controls: { expanded: false, sort: 'none' } },
};

/** Values that a browser takes: a half typed color changes nothing. */
function readChoices(chosen: Args, scheme: 'light' | 'dark'): Record<string, string | undefined> {
  const own = controls.filter((control) => control.scheme === scheme);
  return Object.fromEntries(
    own.map(({ name, arg }) => {
      const value = typeof chosen[arg] === 'string' ? chosen[arg].trim() : '';
      const property = name.startsWith('--usage-color-') ? 'color' : '--any';
      const isValid = CSS.supports(property, value) && !/[;{}]/.test(value);
      return [name, isValid ? value : undefined];
    }),
  );
}

/** Set tokens with the controls below; the elements follow, and the CSS is ready to be copied. */
export const Tokens = {
  render(chosen: Args): TemplateResult {
    const properties = toThemeProperties(tokens, {
      light: readChoices(chosen, 'light'),
      dark: readChoices(chosen, 'dark'),
    });
    const css = toThemeCss(properties);
    return html`<div class="theme-page" style=${styleMap(properties)}>
      <section class="theme-css">
        <p>
          ${
            css === ''
              ? 'Set tokens with the controls: the elements follow, and their CSS is here.'
              : 'The style sheet of your page:'
          }
        </p>
        <pre tabindex="0" aria-label="CSS"><code>${css || ':root {}'}</code></pre>
        <button type="button" @click=${() => navigator.clipboard.writeText(css)}>Copy CSS</button>
      </section>
      <usage-quota></usage-quota>
      <usage-overview></usage-overview>
      <usage-trends group-by="model"></usage-trends>
      <usage-projects page-size="5"></usage-projects>
    </div>`;
  },
};
