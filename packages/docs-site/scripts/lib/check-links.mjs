import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** The addresses of every page of the built site, e.g. `/zh/numbers/`. */
export function listPages() {
  return listFiles()
    .filter((file) => file.endsWith('.html'))
    .map((file) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`)
    .sort();
}

function listFiles() {
  return readdirSync(dist, { recursive: true }).map((file) => file.replaceAll('\\', '/'));
}

/**
 * Links, anchors and pictures of the built site that lead nowhere.
 * @returns {{ problems: string[], links: number }}
 */
export function checkLinks() {
  const files = new Set(listFiles());
  const pages = new Map(listPages().map((page) => [page, readPage(page)]));
  const problems = new Set();
  let links = 0;
  for (const [page, { targets }] of pages) {
    for (const target of targets) {
      links += 1;
      const problem = checkTarget(target, page, pages, files);
      if (problem !== null) problems.add(`${page}: ${target} ${problem}`);
    }
  }
  return { problems: [...problems], links };
}

function readPage(page) {
  const file = page.endsWith('/') ? `${page}index.html` : page;
  const html = readFileSync(`${dist}${file}`, 'utf8');
  // Of tags alone: texts show links of other pages.
  const tags = html.match(/<[a-z][^>]*>/g)?.join('') ?? '';
  const read = (pattern) => [...tags.matchAll(pattern)].map(([, value]) => decodeEntities(value));
  return {
    ids: new Set(read(/\sid="([^"]+)"/g)),
    targets: [
      ...read(/\s(?:href|src)="([^"]*)"/g),
      ...read(/\ssrcset="([^"]*)"/g).map((value) => value.split(/\s/)[0]),
    ],
  };
}

function checkTarget(target, page, pages, files) {
  // Other sites are not asked: the check runs without network.
  if (/^(https?:|mailto:|data:)/.test(target)) return null;
  if (target.startsWith('//')) return 'names another host';
  const [, anchor] = target.split('#');
  const address = decodeURI(new URL(target, `http://site${page}`).pathname);
  const linked = pages.get(address);
  if (linked === undefined) {
    if (files.has(address.slice(1))) return null;
    return pages.has(`${address}/`) ? 'lacks the slash at its end' : 'is not there';
  }
  if (!anchor || anchor === '_top') return null;
  return linked.ids.has(decodeURIComponent(anchor)) ? null : 'names no heading there';
}

function decodeEntities(text) {
  return text
    .replaceAll(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
