/**
 * Checks the built site: links, anchors and pictures; the code of its texts; and each page in a browser, by phone and desk,
 * light and dark. `npm run site:check -- /numbers/ /zh/` opens those pages alone.
 */
import { checkCode } from './lib/check-code.mjs';
import { checkLinks, listPages } from './lib/check-links.mjs';
import { checkPages } from './lib/check-pages.mjs';
import { serveSite } from './lib/site-server.mjs';

const startedAtMs = Date.now();
const asked = process.argv.slice(2);
const server = await serveSite();
const base = `http://127.0.0.1:${server.address().port}`;

const { problems: broken, links } = checkLinks();
const { problems: wrong, blocks } = checkCode();
const pages = asked.length > 0 ? asked : listPages().filter(isOpened);
const unreadable = await checkPages(base, pages);
server.close();

const problems = [...broken, ...wrong, ...unreadable];
for (const problem of problems) console.error(problem);
const seconds = Math.round((Date.now() - startedAtMs) / 1000);
console.log(
  `${links} links, ${blocks} blocks of code, ${pages.length} pages in a browser: ${problems.length} problems, ${seconds} s`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Decisions look alike, and so do English texts in the Chinese frame: one of each is opened. */
function isOpened(page) {
  const isDecision = page.includes('/decisions/0') && !page.includes('/0003-');
  const isFallback =
    page.startsWith('/zh/') && /\/(guides|reference|starts|decisions)\/./.test(page);
  return !isDecision && (!isFallback || page === '/zh/guides/sql/');
}
