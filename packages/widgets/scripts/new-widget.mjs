/**
 * Stamps a new element: `npm run new-widget -w packages/widgets -- usage-something "What it shows."`
 * Writes its folder and its lines in `define.ts`, `index.ts` and `element-props.ts`; a folder that exists stays as it is.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { widgetFiles } from './lib/widget-files.mjs';

const [
  tag = '',
  summary = 'Says what it shows.',
  root = fileURLToPath(new URL('..', import.meta.url)),
] = process.argv.slice(2);
if (!/^usage-[a-z]+(-[a-z]+)*$/.test(tag)) {
  console.error('Name it like usage-something: lower case, with hyphens.');
  process.exit(1);
}
const folder = join(root, 'src', 'elements', tag);
if (existsSync(folder)) {
  console.error(`src/elements/${tag} exists.`);
  process.exit(1);
}
const className = tag.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase());
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(widgetFiles(tag, className, summary))) {
  writeFileSync(join(folder, name), text);
}

/** Adds a line after the last one that matches. */
function addLine(path, pattern, line) {
  const file = join(root, 'src', path);
  const lines = readFileSync(file, 'utf8').split('\n');
  const last = lines.findLastIndex((candidate) => pattern.test(candidate));
  lines.splice(last + 1, 0, line);
  writeFileSync(file, lines.join('\n'));
}

const module = `./elements/${tag}/${tag}.js`;
addLine('define.ts', /^import .*elements\//, `import { ${className} } from '${module}';`);
addLine('define.ts', /^ {2}Usage\w+,$/, `  ${className},`);
addLine('index.ts', /^export .*elements\//, `export { ${className} } from '${module}';`);
addLine('element-props.ts', /^ {2}Usage\w+,$/, `  ${className},`);
addLine('element-props.ts', /^ {2}'usage-[\w-]+': Usage/, `  '${tag}': ${className};`);
console.log(
  `Stamped src/elements/${tag}. Next: its question in ${tag}.ts, a wrapper in react-pages/src/wrappers.`,
);
