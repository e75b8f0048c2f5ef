import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../../scripts/lib/run.mjs';
import { REPOSITORY_FOLDERS, REPOSITORY_PAGES } from '../../site-map.mjs';
import {
  raiseHeadings,
  readFirstParagraph,
  readFrontMatter,
  readHeadings,
  shorten,
  splitFrontMatter,
  takeSections,
} from './markdown.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');

/**
 * Pages that show texts of the repository, with their links rewritten.
 * @param links where texts are shown; gets those of here
 * @returns {{ slug: string, title: string, description: string, body: string }[]}
 */
export function readRepositoryPages(links) {
  const pages = [...REPOSITORY_PAGES.map(readPage), ...REPOSITORY_FOLDERS.flatMap(readFolder)];
  for (const { path, slug, body, opening } of pages) links.add(path, slug, body, opening);
  return pages.map((page) => ({
    ...page,
    description: shorten(readFirstParagraph(page.body) ?? page.title),
    body: links.rewrite(page.body, page.path, page.slug),
  }));
}

function readPage({ slug, title, from, sections }) {
  const text = read(from);
  if (sections === undefined) return { slug, title, path: from, body: dropTitle(text) };
  const found = takeSections(text, sections, from);
  if (found.length === 1) {
    const [{ heading, text: section }] = found;
    return { slug, title, path: from, body: raiseHeadings(section), opening: heading };
  }
  const body = found
    .map(({ heading, text: section }) => `## ${heading}\n\n${section}`)
    .join('\n\n');
  return { slug, title, path: from, body };
}

/** A folder's files, its README as the page of the folder itself. */
function readFolder({ slug, from, index, isSearched, skip = [] }) {
  if (!existsSync(join(root, from))) return [];
  const names = readdirSync(join(root, from)).filter(
    (name) => name.endsWith('.md') && !skip.includes(name),
  );
  return names.map((name) => {
    const path = `${from}/${name}`;
    const { frontMatter, body } = splitFrontMatter(read(path));
    const isIndex = name === 'README.md';
    const heading = readHeadings(body).find(({ level }) => level === 1)?.heading;
    return {
      slug: isIndex ? slug : `${slug}/${name.replace(/\.md$/, '')}`,
      title: isIndex ? index : (readFrontMatter(frontMatter, 'title') ?? heading ?? name),
      path,
      body: dropTitle(body),
      isSearched,
    };
  });
}

/** Without the first-level heading, which is the page's title. */
function dropTitle(text) {
  return text.replace(/^# .+\n+/, '');
}
