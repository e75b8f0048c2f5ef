/**
 * What pages see of the elements, from the custom-elements manifest: a name a line.
 *
 * What all elements have, or all but one, is listed once.
 *
 * @param {{ modules: { declarations: object[] }[] }} manifest
 * @returns {string}
 */
export function describeElements({ modules }) {
  const elements = modules
    .flatMap(({ declarations }) => declarations)
    .filter(({ tagName }) => tagName !== undefined)
    .map((declaration) => ({ tag: declaration.tagName, lines: describe(declaration) }))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
  // All but the element that shows no data.
  const counts = new Map();
  for (const line of elements.flatMap(({ lines }) => lines)) {
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const common = [...counts]
    .filter(([, count]) => count >= elements.length - 1)
    .map(([line]) => line);
  const isUsual = ({ lines }) => common.every((line) => lines.includes(line));
  const sections = elements.map((element) =>
    isUsual(element)
      ? [`<${element.tag}>, besides`, ...element.lines.filter((line) => !common.includes(line))]
      : [`<${element.tag}>, nothing else`, ...element.lines],
  );
  return [['Elements have', ...common.sort()], ...sections]
    .map(([title, ...lines]) => `${[title, ...lines.map((line) => `  ${line}`)].join('\n')}\n`)
    .join('\n');
}

/**
 * The design tokens: their custom properties, in the order of their names.
 * @param {object} tokens `design-tokens.json`
 */
export function describeTokens(tokens) {
  const names = new Set();
  const visit = (node) => {
    const css = node.$extensions?.['com.usage-kit.css'];
    if (css !== undefined) names.add(`${css.property}: ${node.$type}`);
    for (const [key, inner] of Object.entries(node)) {
      if (!key.startsWith('$') && typeof inner === 'object' && inner !== null) visit(inner);
    }
  };
  visit(tokens);
  return `${[...names].sort().join('\n')}\n`;
}

function describe({ attributes = [], members = [], events = [], ...rest }) {
  const shown = members.filter(({ privacy }) => privacy === undefined || privacy === 'public');
  const fields = shown.filter(({ kind }) => kind === 'field');
  const methods = shown.filter(({ kind }) => kind === 'method');
  const named = (title, list = []) => list.map(({ name }) => `${title} ${name || '(default)'}`);
  return [
    ...attributes.map((one) => `attribute ${one.name}${typed(one)}${fallback(one)}`),
    ...fields.map(
      (one) =>
        `${one.readonly ? 'readonly ' : ''}property ${one.name}${typed(one)}${fallback(one)}`,
    ),
    ...methods.map((one) => `method ${one.static ? 'static ' : ''}${one.name}${signature(one)}`),
    ...events.map((one) => `event ${one.name}${typed(one)}`),
    ...named('slot', rest.slots),
    ...named('part', rest.cssParts),
    ...named('custom property', rest.cssProperties),
    ...named('state', rest.cssStates),
  ].sort();
}

const typed = ({ type }) =>
  type?.text === undefined ? '' : `: ${type.text.replaceAll(/\s+/g, ' ')}`;

const fallback = ({ default: value }) => (value === undefined ? '' : ` = ${value}`);

function signature({ parameters = [], return: result }) {
  const list = parameters.map((one) => `${one.name}${one.optional ? '?' : ''}${typed(one)}`);
  return `(${list.join(', ')})${typed(result ?? {})}`;
}
