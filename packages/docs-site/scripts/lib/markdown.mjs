/**
 * What the site needs of Markdown: sections, headings and links, with blocks of code left alone.
 */

/** The address of a heading, as renderers of Markdown make it. */
export function toAnchor(heading) {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

/** Lines with whether each is text, in contrast to a block of code. */
function readLines(markdown) {
  let fence = null;
  return markdown.split('\n').map((line) => {
    const [, mark] = /^\s*(`{3,}|~{3,})/.exec(line) ?? [];
    if (mark === undefined) return { line, isText: fence === null };
    if (fence === null) fence = mark;
    else if (mark.startsWith(fence)) fence = null;
    return { line, isText: false };
  });
}

/** Changes the lines of a text, blocks of code not included. */
export function mapText(markdown, change) {
  return readLines(markdown)
    .map(({ line, isText }) => (isText ? change(line) : line))
    .join('\n');
}

/** Headings of a text with their level, in order. */
export function readHeadings(markdown) {
  return readLines(markdown).flatMap(({ line, isText }) => {
    const [, marks, heading] = (isText && /^(#{1,6}) (.+)$/.exec(line)) || [];
    return marks === undefined ? [] : [{ level: marks.length, heading: heading.trim() }];
  });
}

/**
 * The sections of some second-level headings.
 * @throws {Error} when the text has no such section, so that a renamed heading fails the build
 */
export function takeSections(markdown, headings, path) {
  const found = new Map();
  let current = null;
  for (const { line, isText } of readLines(markdown)) {
    if (isText && line.startsWith('## ')) {
      current = line.slice(3).trim();
      found.set(current, []);
    } else if (current !== null) found.get(current).push(line);
  }
  return headings.map((heading) => {
    const lines = found.get(heading);
    if (lines === undefined) throw new Error(`${path} has no section "${heading}"`);
    return { heading, text: lines.join('\n').trim() };
  });
}

/** Raises headings by a level: a section becomes a page. */
export function raiseHeadings(markdown) {
  return mapText(markdown, (line) => line.replace(/^#(#{2,} )/, '$1'));
}

/** Front matter as pairs of texts, and what follows it. No page here has lists or nested values. */
export function splitFrontMatter(text) {
  const [whole, yaml] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? [''];
  return { frontMatter: yaml ?? '', body: text.slice(whole.length).trim() };
}

/** A line of front matter. */
export function readFrontMatter(frontMatter, name) {
  const [, value] = new RegExp(`^${name}: *(.*)$`, 'm').exec(frontMatter) ?? [];
  return value?.replace(/^'(.*)'$/, '$1');
}

/** The first paragraph of a text as plain words: a description for search results and llms.txt. */
export function readFirstParagraph(markdown) {
  const paragraph = readLines(markdown)
    .filter(({ isText }) => isText)
    .map(({ line }) => line)
    .join('\n')
    .split(/\n\s*\n/)
    .find((block) => /^[\p{L}\p{N}`*[]/u.test(block.trim()) && !/^\s*([-*] |\d+\. )/.test(block));
  return paragraph
    ?.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** A sentence or two at most, as descriptions are. */
export function shorten(text, length = 180) {
  if (text.length <= length) return text;
  const end = text.lastIndexOf('. ', length);
  if (end > 60) return text.slice(0, end + 1);
  return `${text.slice(0, text.lastIndexOf(' ', length - 1))}…`;
}

/** A text in which nothing is an expression or a tag of MDX. */
export function escapeMdx(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll(/[{}<]/g, '\\$&')))
    .join('');
}

/** A cell of a table. */
export function toCell(text) {
  return escapeMdx(text.replaceAll(/\s+/g, ' ').trim()).replaceAll('|', '\\|');
}

/** A table of Markdown; nothing without rows. */
export function renderTable(headings, rows) {
  if (rows.length === 0) return '';
  const toLine = (cells) => `| ${cells.join(' | ')} |`;
  return [toLine(headings), toLine(headings.map(() => '---')), ...rows.map(toLine)].join('\n');
}
