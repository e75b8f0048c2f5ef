import { createTheme } from '@mui/material/styles';
import { expect, it } from 'vitest';
import { toUsageTokens } from './to-usage-tokens.js';

const palette = {
  primary: { main: '#111111' },
  secondary: { main: '#222222' },
  success: { main: '#333333' },
  warning: { main: '#444444' },
  error: { main: '#555555' },
  info: { main: '#666666' },
  divider: '#777777',
  text: { primary: '#888888', secondary: '#999999' },
};

it('gives charts, meters and lines the colors of the theme', () => {
  const tokens = toUsageTokens(createTheme({ palette, typography: { fontFamily: 'Brand' } }));
  expect(tokens).toMatchObject({
    '--usage-color-accent': '#111111',
    '--usage-color-series-1': '#111111',
    '--usage-color-series-2': '#444444',
    '--usage-color-series-3': '#333333',
    '--usage-color-series-4': '#222222',
    '--usage-color-series-5': '#666666',
    '--usage-color-series-6': '#555555',
    '--usage-color-meter-good': '#333333',
    '--usage-color-meter-warning': '#444444',
    '--usage-color-meter-bad': '#555555',
    '--usage-color-text': '#888888',
    '--usage-color-text-muted': '#999999',
    '--usage-color-border': '#777777',
    '--usage-font-family': 'Brand',
  });
  expect(tokens['--usage-color-good-soft']).toContain('#333333');
});

it('leaves no color of the elements to their own', () => {
  const names = Object.keys(toUsageTokens(createTheme({ palette })));
  expect(names.filter((name) => name.startsWith('--usage-color-'))).toHaveLength(25);
});

it('refers to the variables of a theme that has them, so that its switch needs no render', () => {
  const tokens = toUsageTokens(
    createTheme({ cssVariables: true, colorSchemes: { light: true, dark: true } }),
  );
  const colors = Object.entries(tokens).filter(([name]) => name.startsWith('--usage-color-'));
  for (const [, value] of colors) expect(value).toContain('var(--mui-');
});

it.each([
  [2, '2px'],
  [0, '0px'],
  ['0.5rem', '0.5rem'],
])('has the radius of the theme: %s', (borderRadius, expected) => {
  const tokens = toUsageTokens(createTheme({ shape: { borderRadius } }));
  expect(tokens['--usage-radius']).toBe(expected);
  expect(tokens['--usage-radius-small']).toBe(expected);
});
