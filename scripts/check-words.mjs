import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Finds words that docs/glossary.md says not to use, in every committed text. Run by `npm run lint`.
 *
 * Exit code 1 and one line per place when there are any.
 */
const GLOSSARY = 'docs/glossary.md';
/** Names of other projects' fields and data, which are theirs to choose. */
const IGNORED = [GLOSSARY, 'package-lock.json', 'LICENSE'];
const TEXTS = /\.(ts|tsx|mts|js|mjs|cjs|json|md|mdx|css|html|sql|yml|yaml)$/;

const section = readFileSync(GLOSSARY, 'utf8').split('## Words not to use')[1] ?? '';
const words = section
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .flatMap((line) => {
    const [, not = '', but = ''] = line.split(/(?<!\\)\|/);
    return [...not.matchAll(/`([^`]+)`/g)].map(([, word = '']) => ({ word, but: but.trim() }));
  });
if (words.length === 0) throw new Error(`${GLOSSARY} lists no words`);

const patterns = words.map(({ word, but }) => {
  const isPrefix = word.endsWith('*');
  const text = word.replace(/\*$/, '').replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  // A capital begins a word within a name, too.
  const isName = /[A-Z]/.test(text);
  const before = isName ? '(?<![A-Z])' : '(?<![A-Za-z])';
  const after = isPrefix ? '' : isName ? '(?![a-z])' : '(?![A-Za-z])';
  const spaced = text.replaceAll(' ', '\\s+(?:\\*\\s+|//\\s+)?');
  return { word, but, pattern: new RegExp(before + spaced + after, isName ? 'g' : 'gi') };
});

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  .split('\n')
  .filter((file) => TEXTS.test(file) && !IGNORED.includes(file));
const limit = process.argv.slice(2);
let found = 0;
for (const file of files) {
  if (limit.length > 0 && !limit.some((start) => file.startsWith(start))) continue;
  const text = readFileSync(file, 'utf8');
  for (const { word, but, pattern } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const line = text.slice(0, match.index).split('\n').length;
      console.log(`${file}:${line} "${word}": ${but}`);
      found += 1;
    }
  }
}
if (found > 0) {
  console.log(`${found} words that ${GLOSSARY} says not to use`);
  process.exit(1);
}
