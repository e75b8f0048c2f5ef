import type { TokenDefault } from '../packages/widgets/scripts/lib/describe-tokens.mjs';

/** What a designer chose, by custom property; what is missing or empty is as the kit has it. */
export interface ThemeChoices {
  light: Readonly<Record<string, string | undefined>>;
  dark: Readonly<Record<string, string | undefined>>;
}

/** The chosen values that differ from the kit's, as declarations by custom property. */
export function toThemeProperties(
  tokens: readonly TokenDefault[],
  choices: ThemeChoices,
): Record<string, string> {
  const changed: Record<string, string> = {};
  for (const { name, light, dark, isScheme } of tokens) {
    const inLight = choices.light[name] || light;
    const inDark = isScheme ? choices.dark[name] || dark : inLight;
    if (inLight === light && (!isScheme || inDark === dark)) continue;
    changed[name] = inLight === inDark ? inLight : toSchemeValue(name, inLight, inDark);
  }
  return changed;
}

/** Of a shadow the color alone may differ by scheme; where more does, the light one is for both. */
function toSchemeValue(name: string, light: string, dark: string): string {
  if (name.startsWith('--usage-color-')) return `light-dark(${light}, ${dark})`;
  const [at, darkAt] = [light, dark].map((value) => value.search(/#|rgb|hsl|oklch/));
  const isSame = at !== undefined && at > 0 && light.slice(0, at) === dark.slice(0, darkAt);
  if (!isSame) return light;
  return `${light.slice(0, at)}light-dark(${light.slice(at)}, ${dark.slice(darkAt)})`;
}

/** The CSS that a page takes over. */
export function toThemeCss(properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(([name, value]) => `  ${name}: ${value};\n`);
  return lines.length === 0 ? '' : `:root {\n  color-scheme: light dark;\n${lines.join('')}}\n`;
}
