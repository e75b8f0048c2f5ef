import { getCollection } from 'astro:content';

/** A page as a program reads it. */
interface PageText {
  section: string;
  /** Below the root of the site, e.g. `/operate/backup/`. */
  path: string;
  title: string;
  description: string;
  /** Markdown. */
  body: string;
}

/** What is read of an entry of the collection. */
interface Entry {
  id: string;
  data: { title: string; description?: string | undefined };
  body?: string | undefined;
}

/** Sections in the order of the sidebar, by the first part of a path. */
const SECTIONS: readonly (readonly [string, string])[] = [
  ['', 'Start'],
  ['starts', 'Five-minute starts'],
  ['numbers', 'Start'],
  ['guides', 'Guides'],
  ['elements', 'Elements'],
  ['endpoints', 'Endpoints'],
  ['operate', 'Operating'],
  ['security', 'Security'],
  ['reference', 'Reference'],
  ['decisions', 'Decisions'],
];

/** The English pages, in the order of the sidebar. */
export async function listTexts(): Promise<PageText[]> {
  // Typed here: Astro writes the types of a collection when the site is built, and a type check comes before that.
  const entries = (await getCollection('docs')) as unknown as Entry[];
  const english = entries.filter(({ id }) => id !== 'zh' && !id.startsWith('zh/'));
  const texts = english.map(({ id, data, body = '' }) => {
    const slug = id === 'index' ? '' : id;
    const rank = SECTIONS.findIndex(([folder]) => folder === slug.split('/')[0]);
    return {
      rank,
      section: SECTIONS[rank]?.[1] ?? 'Start',
      path: slug === '' ? '/' : `/${slug}/`,
      title: data.title,
      description: data.description ?? '',
      body: toMarkdown(body),
    };
  });
  return texts.sort((a, b) => a.rank - b.rank || a.path.localeCompare(b.path));
}

/** Without what only a browser can show: imports, examples, consoles, pictures of the start page. */
function toMarkdown(body: string): string {
  return body
    .replaceAll(/^import .* from '@site\/.*;$/gm, '')
    .replaceAll(/^<(?:LiveExample|EndpointConsole) .*\/>$/gm, '')
    .replaceAll(/<figure[\s\S]*?<\/figure>/g, '')
    .replaceAll(/^(?:#{2,3} Try it|<\/?details>|<summary>.*<\/summary>)$/gm, '')
    .replaceAll(/\\([{}<])/g, '$1')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
