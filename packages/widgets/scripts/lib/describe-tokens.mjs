/** Reads the design tokens out of the styles, and writes them in the format of the Design Tokens Community Group. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page's own styles decide: it has no value that a design tool could show. */
const INHERITED = 'inherit';

/**
 * Every public custom property with its default in light and in dark, as CSS, in the order of the styles.
 *
 * @param {string} packageRoot
 * @returns {{ name: string, light: string, dark: string, isScheme: boolean }[]} `isScheme`: the schemes differ
 */
export function readTokens(packageRoot) {
  const source = join(packageRoot, 'src');
  // The base tokens first, then those that some elements add; others may only repeat them.
  const files = ['tokens', 'data-tokens', 'chart'].map((name) => `styles/${name}.styles.ts`);
  for (const file of readdirSync(source, { recursive: true }).sort()) {
    if (file.endsWith('.styles.ts') && !files.includes(file)) files.push(file);
  }
  const tokens = new Map();
  for (const file of files) {
    const text = readFileSync(join(source, file), 'utf8');
    for (const { 0: start, index, 1: name } of text.matchAll(/var\((--usage-[\w-]+),\s*/g)) {
      const value = readBalanced(text, index + start.length);
      const token = { name, ...toSchemes(value), isScheme: value.includes('light-dark(') };
      const known = tokens.get(name);
      if (known !== undefined && known.light !== token.light) {
        throw new Error(`${name} has two defaults: ${known.light} and ${token.light}`);
      }
      tokens.set(name, token);
    }
  }
  return [...tokens.values()];
}

/** The text from a place to the parenthesis that closes the one before it. */
function readBalanced(text, start) {
  let depth = 1;
  let end = start;
  for (; depth > 0; end += 1) {
    if (text[end] === '(') depth += 1;
    if (text[end] === ')') depth -= 1;
    if (end >= text.length) throw new Error(`No parenthesis closes “${text.slice(start, 40)}”`);
  }
  return text.slice(start, end - 1);
}

function toSchemes(value) {
  const at = value.indexOf('light-dark(');
  if (at === -1) return { light: value, dark: value };
  const inner = readBalanced(value, at + 'light-dark('.length);
  const [light, dark] = inner.split(/,\s*(?![^(]*\))/);
  const after = value.slice(at + 'light-dark('.length + inner.length + 1);
  return { light: value.slice(0, at) + light + after, dark: value.slice(0, at) + dark + after };
}

/**
 * The tokens as a file of the format: `light` and `dark` for what differs by scheme, `base` for the rest. Design tools take
 * a group as a set or a mode. The name of the custom property is in `$extensions`.
 *
 * @param {ReturnType<typeof readTokens>} tokens
 * @param {Map<string, string>} descriptions by custom property
 */
export function toDesignTokens(tokens, descriptions) {
  const groups = { base: {}, light: {}, dark: {} };
  for (const { name, light, dark, isScheme } of tokens) {
    if (light === INHERITED) continue;
    const describe = (value) => ({
      ...toTyped(name, value),
      $description: descriptions.get(name) ?? '',
      $extensions: { 'com.usage-kit.css': { property: name, value } },
    });
    if (isScheme) {
      put(groups.light, name, describe(light));
      put(groups.dark, name, describe(dark));
    } else put(groups.base, name, describe(light));
  }
  return {
    $description: 'Design tokens of @usage-kit/widgets, made from its styles',
    ...groups,
  };
}

/** `--usage-color-text-muted` is `text-muted` of the group `color`. */
function put(group, name, token) {
  const path = name.replace('--usage-', '');
  if (path.startsWith('color-')) (group.color ??= {})[path.slice('color-'.length)] = token;
  else group[path] = token;
}

function toTyped(name, value) {
  if (name.startsWith('--usage-color-')) return { $type: 'color', $value: toColor(value) };
  if (name === '--usage-font-mono') return { $type: 'fontFamily', $value: toFamilies(value) };
  if (name === '--usage-shadow') return { $type: 'shadow', $value: toShadow(value) };
  return { $type: 'dimension', $value: toDimension(value) };
}

function toColor(value) {
  const hex = /^#([0-9a-f]{6})$/i.exec(value)?.[1];
  const [, r, g, b, alpha = '100'] = /^rgb\((\d+) (\d+) (\d+)(?: \/ (\d+)%)?\)$/.exec(value) ?? [];
  const bytes = hex === undefined ? [r, g, b].map(Number) : hex.match(/../g).map(fromHex);
  if (bytes.some((byte) => !(byte >= 0 && byte <= 255))) throw new Error(`No color: ${value}`);
  return {
    colorSpace: 'srgb',
    components: bytes.map((byte) => Number((byte / 255).toFixed(4))),
    alpha: Number(alpha) / 100,
    hex: `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`,
  };
}

const fromHex = (digits) => Number.parseInt(digits, 16);

function toDimension(value) {
  const [, number, unit = 'px'] = /^(-?[\d.]+)(px|rem)?$/.exec(value) ?? [];
  if (number === undefined) throw new Error(`No dimension of the format: ${value}`);
  return { value: Number(number), unit };
}

function toFamilies(value) {
  return value.split(',').map((family) => family.trim().replaceAll(/['"]/g, ''));
}

function toShadow(value) {
  const [, offsetX, offsetY, blur, color] = /^(\S+) (\S+) (\S+) (.+)$/.exec(value) ?? [];
  return {
    color: toColor(color),
    offsetX: toDimension(offsetX),
    offsetY: toDimension(offsetY),
    blur: toDimension(blur),
    spread: toDimension('0'),
  };
}

/** What each custom property is for, as the manifest says it. */
export function describeProperties(manifest) {
  return new Map(
    manifest.modules
      .flatMap(({ declarations }) => declarations)
      .flatMap(({ cssProperties = [] }) => cssProperties)
      .map(({ name, description = '' }) => [name, description]),
  );
}
