import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The blocks of commands that a start may have, in the order in which they are followed. */
const COMMANDS = ['install', 'check', 'start', 'try'];
/** Fenced blocks: language, title, what is inside. */
const BLOCKS = /^```(\w+)(?: +title="([^"]+)"| *)\n([^]*?)^```$/gm;
/** More, and it is no five-minute start. */
const MAX_CODE_LINES = 40;

/**
 * @typedef {object} Start
 * @property {string} name of its file
 * @property {string} title
 * @property {'server' | 'page'} kind
 * @property {Map<string, string>} files texts by their paths
 * @property {Record<'install' | 'check' | 'start' | 'try', string[]>} commands lines of the blocks
 */

/**
 * Reads the five-minute starts of a folder.
 *
 * @param {string} folder
 * @returns {Start[]} by their names
 * @throws Error with everything that has not the shape that docs/starts/README.md describes
 */
export function readStarts(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md');
  return files.map((file) =>
    readStart(basename(file, '.md'), readFileSync(join(folder, file), 'utf8')),
  );
}

/** Reads one start. @throws Error as {@link readStarts} */
export function readStart(name, text) {
  const [, front = ''] = /^---\n([^]*?)\n---\n/.exec(text) ?? [];
  const [title, kind] = ['title', 'kind'].map(
    (key) => new RegExp(`^${key}: (.+)$`, 'm').exec(front)?.[1],
  );
  const files = new Map();
  const commands = { install: [], check: [], start: [], try: [] };
  const problems = [];
  for (const [, language, blockTitle, body] of text.matchAll(BLOCKS)) {
    if (blockTitle === undefined) problems.push('a block has no title');
    else if (language !== 'sh') files.set(blockTitle, body);
    else if (COMMANDS.includes(blockTitle)) commands[blockTitle] = body.trim().split('\n');
    else problems.push(`${blockTitle} is none of ${COMMANDS.join(', ')}`);
  }
  const start = { name, title, kind, files, commands };
  problems.push(...findProblems(start));
  if (problems.length > 0) throw new Error(`docs/starts/${name}.md: ${problems.join('; ')}`);
  return start;
}

/** What a start must have, and has not. */
function findProblems({ title, kind, files, commands }) {
  const rules = [
    [title !== undefined, 'there is no title'],
    [['server', 'page'].includes(kind), 'kind is neither server nor page'],
    [commands.install.length > 0, 'nothing is installed'],
    [commands.start.length > 0, 'it is not started'],
    [kind === 'page' || commands.try.length > 0, 'it is not tried'],
    ...Array.from(files, ([file, source]) => {
      const lines = countLines(source);
      return [lines <= MAX_CODE_LINES, `${file} has ${lines} lines of code`];
    }),
  ];
  return rules.filter(([holds]) => !holds).map(([, problem]) => problem);
}

/** Lines of code: those that are not empty. */
export const countLines = (source) =>
  source.split('\n').filter((line) => line.trim() !== '').length;
