/**
 * Writes every page of the site to src/content/docs: those of texts/, texts of the repository, a page for each element
 * (custom elements manifest) and for each endpoint (OpenAPI document). Both packages have to be built.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../../scripts/lib/run.mjs';
import { createElementPages } from './lib/element-pages.mjs';
import { createEndpointPages } from './lib/endpoint-pages.mjs';
import { LinkMap } from './lib/links.mjs';
import { mapText, splitFrontMatter } from './lib/markdown.mjs';
import { readRepositoryPages } from './lib/repository-pages.mjs';
import { untranslated } from './lib/translations.mjs';

const site = fileURLToPath(new URL('..', import.meta.url));
const output = join(site, 'src/content/docs');
/** Shown by the start page, which is HTML. */
const START_PICTURES = ['desktop', 'desktop-dark', 'phone', 'phone-dark'].map(
  (name) => `docs/images/dashboard-${name}.png`,
);
const LANGUAGES = [
  { language: 'en', prefix: '' },
  { language: 'zh', prefix: 'zh/' },
];

for (const needed of ['widgets/dist/custom-elements.json', 'server-sdk/dist/openapi.json']) {
  if (!existsSync(join(root, 'packages', needed))) {
    console.error(
      `packages/${needed} is not there: npm run build -w packages/${needed.split('/')[0]}`,
    );
    process.exit(2);
  }
}
rmSync(output, { recursive: true, force: true });

const links = new LinkMap();
const dashboards = copyDashboards();
let count = 0;
for (const page of readRepositoryPages(links)) writePage(page, '');
for (const { language, prefix } of LANGUAGES) {
  for (const page of createElementPages(language)) writePage(page, prefix);
  for (const page of createEndpointPages(language)) writePage(page, prefix);
  copyTexts(language, prefix);
}
const pictures = copyPictures();
console.log(`${count} pages, ${pictures} pictures`);
for (const text of untranslated) console.log(`Without Chinese in texts/reference.zh.json: ${text}`);

/** A page with front matter; in Chinese it links Chinese pages. */
function writePage({ slug, title, description, body, isMdx, isSearched }, prefix) {
  const frontMatter = [
    `title: ${JSON.stringify(title)}`,
    `description: ${JSON.stringify(description)}`,
    'editUrl: false',
    ...(isSearched === false ? ['pagefind: false'] : []),
  ];
  const text = `---\n${frontMatter.join('\n')}\n---\n\n${localize(body, prefix)}\n`;
  write(`${prefix}${slug}.${isMdx ? 'mdx' : 'md'}`, text);
}

/** Pages that are written for the site. */
function copyTexts(language, prefix) {
  const folder = join(site, 'texts', language);
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!/\.mdx?$/.test(name)) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    const { frontMatter, body } = splitFrontMatter(text);
    const path = name.replaceAll('\\', '/');
    const filled = body.replace('%GRAFANA%', () => dashboards[language]);
    const rewritten = links.rewrite(filled, `packages/docs-site/texts/${language}/${path}`, '');
    write(`${prefix}${path}`, `---\n${frontMatter}\n---\n\n${localize(rewritten, prefix)}\n`);
  }
}

/** Links of the site's own pages, in the language of the page. */
function localize(markdown, prefix) {
  if (prefix === '') return markdown;
  return mapText(markdown, (line) =>
    line.replaceAll(/(\]\(|href=")\/(?!images\/|grafana\/|zh\/)/g, `$1/${prefix}`),
  );
}

function write(name, text) {
  const file = join(output, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  count += 1;
}

/** Dashboards of deploy/grafana, to be downloaded, as a sentence and a list in each language. */
function copyDashboards() {
  const source = join(root, 'deploy/grafana');
  const target = join(site, 'public/grafana');
  rmSync(target, { recursive: true, force: true });
  const names = existsSync(source)
    ? readdirSync(source).filter((name) => name.endsWith('.json'))
    : [];
  const list = names.map((name) => `- [${name}](/grafana/${name})`).join('\n');
  for (const name of names) cpSync(join(source, name), join(target, name));
  if (names.length === 0) {
    return {
      en: 'The metrics above are all that a dashboard needs; each expression is a panel.',
      zh: '上面的指标就是仪表盘所需的全部内容，每个表达式对应一个面板。',
    };
  }
  return {
    en: `Import as a file (Dashboards, New, Import), and choose your data source:\n\n${list}`,
    zh: `在 Grafana 中以文件导入（Dashboards → New → Import），再选择数据源：\n\n${list}`,
  };
}

/** The pictures that texts show, below /images; those of the start page are named by its text. */
function copyPictures() {
  const folder = join(site, 'public/images');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const shown = new Set([...links.pictures, ...START_PICTURES]);
  for (const picture of shown) cpSync(join(root, picture), join(folder, basename(picture)));
  return shown.size;
}
