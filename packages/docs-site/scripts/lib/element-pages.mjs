import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../../scripts/lib/run.mjs';
import { EXAMPLES } from './examples.mjs';
import { escapeMdx, renderTable, shorten, toCell } from './markdown.mjs';
import { translate } from './translations.mjs';

const HEADINGS = {
  en: {
    code: 'Code',
    attributes: 'Attributes',
    shared: 'Attributes of every element',
    properties: 'Properties without an attribute',
    events: 'Events',
    slots: 'Slots',
    parts: 'Parts',
    tokens: 'Tokens',
    name: 'name',
    type: 'type',
    initial: 'default',
    meaning: 'meaning',
    generated: 'Generated data; nothing is sent anywhere.',
    tokensText:
      'Every element takes [all tokens](/elements/look/), on itself, a provider or `:root`.',
    fallback: 'the elements',
  },
  zh: {
    code: '代码',
    attributes: '属性',
    shared: '所有元素共有的属性',
    properties: '没有对应 attribute 的 property',
    events: '事件',
    slots: '插槽',
    parts: '部件（part）',
    tokens: '设计令牌',
    name: '名称',
    type: '类型',
    initial: '默认值',
    meaning: '说明',
    generated: '示例使用生成的数据，不会发送任何请求。',
    tokensText:
      '每个元素都支持[全部设计令牌](/elements/look/)，可设在元素本身、provider 或 `:root` 上。',
    fallback: '默认插槽',
  },
};

/**
 * A page for each element, in a language: a live example, its code, and what the manifest says of it.
 * @returns {{ slug: string, title: string, description: string, body: string, isMdx: true }[]}
 */
export function createElementPages(language) {
  const manifest = JSON.parse(
    readFileSync(join(root, 'packages/widgets/dist/custom-elements.json'), 'utf8'),
  );
  const elements = manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName !== undefined)
    .sort((a, b) => (a.tagName < b.tagName ? -1 : 1));
  const missing = elements.filter(({ tagName }) => EXAMPLES[tagName] === undefined);
  if (missing.length > 0) {
    throw new Error(`No example of ${missing.map(({ tagName }) => tagName).join(', ')}`);
  }
  return elements.map((element) => createPage(element, language));
}

function createPage(element, language) {
  const words = HEADINGS[language];
  const say = (text) => translate(text ?? '', language);
  const { tagName, description, summary } = element;
  const sections = [
    escapeMdx(say(description)),
    `<LiveExample tag="${tagName}" note="${words.generated}" />`,
    `## ${words.code}\n\n\`\`\`html\n${EXAMPLES[tagName].html}\n\`\`\``,
    ...renderReference(element, words, say),
  ];
  return {
    slug: `elements/${tagName}`,
    title: tagName,
    description: shorten(say(summary)),
    body: ["import LiveExample from '@site/LiveExample.astro';", ...sections]
      .filter((section) => section !== '')
      .join('\n\n'),
    isMdx: true,
  };
}

function renderReference(element, words, say) {
  const { attributes = [], members = [], events = [], slots = [], cssParts = [] } = element;
  const own = attributes.filter(({ inheritedFrom }) => inheritedFrom === undefined);
  const inherited = attributes.filter(({ inheritedFrom }) => inheritedFrom !== undefined);
  const properties = members.filter(isOwnProperty);
  const attributeTable = (list) =>
    renderTable(
      [words.name, words.type, words.meaning],
      list.map(({ name, type, default: initial, description }) => [
        code(name),
        [code(withoutUndefined(type?.text ?? '')), initial && `${words.initial} ${code(initial)}`]
          .filter(Boolean)
          .join(', '),
        toCell(say(description)),
      ]),
    );
  const table = (list, sayIt = say) =>
    renderTable(
      [words.name, words.meaning],
      list.map(({ name, description }) => [
        name === '' ? words.fallback : code(name),
        toCell(sayIt(description)),
      ]),
    );
  return [
    section(words.attributes, attributeTable(own)),
    section(words.shared, attributeTable(inherited)),
    section(words.properties, attributeTable(properties)),
    section(words.events, table(events)),
    section(words.slots, table(slots)),
    section(
      words.parts,
      table(cssParts, (text) => text),
    ),
    section(words.tokens, (element.cssProperties ?? []).length > 0 ? words.tokensText : ''),
  ];
}

/** Properties for scripts alone: with a description, and no attribute of the same meaning. */
function isOwnProperty({ kind, privacy, attribute, static: isStatic, description }) {
  return (
    kind === 'field' && privacy === 'public' && !isStatic && attribute === undefined && description
  );
}

const section = (heading, text) => (text === '' ? '' : `## ${heading}\n\n${text}`);

/** Every attribute can be left out; a table need not say it in each row. */
const withoutUndefined = (type) => type.replace(/ \| undefined$/, '');

/** Code in a cell; nothing for nothing. */
function code(text) {
  const oneLine = text.replaceAll(/\s+/g, ' ').trim();
  return oneLine === '' ? '' : `\`${oneLine.replaceAll('|', '\\|')}\``;
}
