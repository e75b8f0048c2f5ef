import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeManifest } from '../../scripts/lib/describe-manifest.mjs';
import {
  describeProperties,
  readTokens,
  toDesignTokens,
} from '../../scripts/lib/describe-tokens.mjs';
import { chartStyles } from '../../src/styles/chart.styles.js';
import { dataTokensStyles } from '../../src/styles/data-tokens.styles.js';
import { tokensStyles } from '../../src/styles/tokens.styles.js';

interface Token {
  $type: string;
  $value: unknown;
  $description: string;
  $extensions: { 'com.usage-kit.css': { property: string; value: string } };
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const { manifest } = await describeManifest(root);
const tokens = readTokens(root);
const file = toDesignTokens(tokens, describeProperties(manifest));
const { base, light, dark } = file;

/** The tokens of a group and of its `color`. */
const list = ({ color = {}, ...rest }: Record<string, unknown>): Token[] =>
  [...Object.values(color as object), ...Object.values(rest)] as Token[];
const properties = (group: Record<string, unknown>): string[] =>
  list(group).map(({ $extensions }) => $extensions['com.usage-kit.css'].property);

it('has every custom property of the manifest but the family, which is the page’s', () => {
  const documented = [...describeProperties(manifest).keys()];
  const all = [...properties(base), ...properties(light)];
  expect([...all, '--usage-font-family'].sort()).toEqual(documented.sort());
  expect(new Set(all).size).toBe(all.length);
  expect(properties(dark)).toEqual(properties(light));
  expect(list(base).concat(list(light), list(dark))).not.toContainEqual(
    expect.objectContaining({ $description: '' }),
  );
});

it('has the defaults that the styles have', () => {
  const css = [tokensStyles, dataTokensStyles, chartStyles].map(({ cssText }) => cssText).join('');
  for (const { name, light: inLight, dark: inDark, isScheme } of tokens) {
    const start = css.indexOf(`var(${name},`);
    const declared = css.slice(start, css.indexOf(';', start)).replaceAll(/\s+/g, ' ');
    expect(start, name).toBeGreaterThan(-1);
    if (!isScheme) expect(declared).toBe(`var(${name}, ${inLight})`);
    if (isScheme) expect(declared).toContain(`light-dark(${color(inLight)}, ${color(inDark)})`);
  }
});

/** Of a shadow the colors alone differ by scheme. */
function color(value: string): string {
  return value.slice(value.search(/#|rgb/));
}

it('is in the format of the Design Tokens Community Group', () => {
  expect(light).toMatchObject({
    color: {
      accent: {
        $type: 'color',
        $value: {
          colorSpace: 'srgb',
          components: [0.2039, 0.3255, 0.7804],
          alpha: 1,
          hex: '#3453c7',
        },
      },
    },
    shadow: {
      $type: 'shadow',
      $value: {
        color: { hex: '#101828', alpha: 0.04 },
        offsetX: { value: 0, unit: 'px' },
        offsetY: { value: 1, unit: 'px' },
        blur: { value: 2, unit: 'px' },
        spread: { value: 0, unit: 'px' },
      },
    },
  });
  expect(dark).toMatchObject({ color: { accent: { $value: { hex: '#9db1ff' } } } });
  expect(base).toMatchObject({
    radius: { $type: 'dimension', $value: { value: 0.75, unit: 'rem' } },
    'font-mono': { $type: 'fontFamily', $value: expect.arrayContaining(['SF Mono', 'monospace']) },
  });
});
