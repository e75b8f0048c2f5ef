import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { toArgTypes, toDefaultArgs } from '../../../../.storybook/controls.js';
import { toThemeCss, toThemeProperties } from '../../../../.storybook/theme-css.js';
import { describeManifest } from '../../scripts/lib/describe-manifest.mjs';
import { readTokens } from '../../scripts/lib/describe-tokens.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { manifest } = await describeManifest(root);
const tags = manifest.modules
  .flatMap(({ declarations }) => declarations)
  .flatMap(({ tagName }) => (tagName === undefined ? [] : [tagName]));

describe('the controls of Storybook', () => {
  it.each(tags)('have one for each property, slot and token of %s', (tag) => {
    const rows = Object.values(toArgTypes(manifest, tag) ?? {});
    const hasControl = ({ control }: (typeof rows)[number]): boolean =>
      typeof control === 'object' && typeof control.type === 'string';
    const without = rows.filter((row) => !hasControl(row));
    const inCategory = (category: string): string[] =>
      without.filter(({ table }) => table?.category === category).map(({ name }) => name ?? '');
    expect(inCategory('properties').sort()).toEqual(['client', 'getToken', 'store']);
    expect(inCategory('slots')).toEqual([]);
    expect(inCategory('custom properties')).toEqual([]);
  });

  it('offer the words that a property takes', () => {
    const controls = toArgTypes(manifest, 'usage-trends');
    expect(controls).toMatchObject({
      metric: {
        control: { type: 'select' },
        options: expect.arrayContaining(['calls', 'p95Duration']),
      },
      groupBy: { control: { type: 'select' }, options: ['model', 'provider', 'type', 'project'] },
      compare: { control: { type: 'boolean' }, table: { defaultValue: { summary: 'false' } } },
      headingLevel: { control: { type: 'number' }, table: { defaultValue: { summary: '2' } } },
    });
  });

  it('begin with the defaults of the properties', () => {
    const controls = toArgTypes(manifest, 'usage-call-history') ?? {};
    expect(toDefaultArgs(controls)).toEqual({
      pageSize: 25,
      noExport: false,
      slowAfterMs: 10_000,
      headingLevel: 2,
    });
  });

  it('know no types of words but those that have some', () => {
    const types = tags.flatMap((tag) =>
      Object.values(toArgTypes(manifest, tag) ?? {})
        .filter(({ control }) => typeof control === 'object' && control.type === 'object')
        .map(({ table }) => table?.type?.summary?.replace(' | undefined', '')),
    );
    expect([...new Set(types)].sort()).toEqual([
      'DisplayCurrency',
      'UsageMessages',
      'UsageViewState',
    ]);
  });
});

describe('the CSS of the theme page', () => {
  const tokens = readTokens(root);
  const toCss = (light: Record<string, string>, dark: Record<string, string> = {}): string =>
    toThemeCss(toThemeProperties(tokens, { light, dark }));

  it('is empty for the values of the kit', () => {
    const values = (scheme: 'light' | 'dark'): Record<string, string> =>
      Object.fromEntries(tokens.map((token) => [token.name, token[scheme]]));
    expect(toCss(values('light'), values('dark'))).toBe('');
    expect(toCss({})).toBe('');
  });

  it('has what differs, for both schemes where one of them does', () => {
    const accent = '--usage-color-accent';
    expect(toCss({ [accent]: '#7c3aed', '--usage-radius': '4px' })).toBe(
      `:root {
  color-scheme: light dark;
  ${accent}: light-dark(#7c3aed, #9db1ff);
  --usage-radius: 4px;
}
`,
    );
    expect(toCss({ [accent]: 'teal' }, { [accent]: 'teal' })).toContain(`${accent}: teal;`);
  });

  it('joins the colors of a shadow, which have the same place in both schemes', () => {
    expect(toCss({ '--usage-shadow': '0 1px 2px rgb(0 0 0 / 20%)' })).toContain(
      '--usage-shadow: 0 1px 2px light-dark(rgb(0 0 0 / 20%), rgb(0 0 0 / 0%));',
    );
    expect(toCss({ '--usage-shadow': '0 4px 8px #0003' })).toContain(
      '--usage-shadow: 0 4px 8px #0003;',
    );
  });
});
