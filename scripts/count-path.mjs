import { readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * Counts the files and lines that a reader must know to follow a request or a call through the server: what the entry
 * files import, directly or not, without types only, tests and the files given as boundaries. Prints a table.
 *
 * `node scripts/count-path.mjs`; `--files` lists them, `--max` fails above the bars.
 */
const SRC = 'packages/server-sdk/src';
const PATHS = [
  {
    name: 'record to /overview',
    entries: ['recording/call-recorder.ts', 'http/endpoints/get-overview.ts'],
    maxFiles: 50,
    maxLines: 5650,
  },
  {
    name: 'a poll of call history',
    entries: ['http/endpoints/list-project-calls.ts'],
    maxFiles: 60,
    maxLines: null,
  },
];

const isListing = process.argv.includes('--files');
let isOver = false;
console.log('| path | files | at most | lines | at most |');
console.log('| --- | ---: | ---: | ---: | ---: |');
for (const { name, entries, maxFiles, maxLines } of PATHS) {
  const files = followImports(entries.map((entry) => path.join(SRC, entry)));
  const lines = [...files].reduce((sum, file) => sum + countLines(file), 0);
  console.log(`| ${name} | ${files.size} | ${maxFiles} | ${lines} | ${maxLines ?? ''} |`);
  if (isListing) for (const file of [...files].sort()) console.log(`${countLines(file)} ${file}`);
  isOver ||= files.size > maxFiles || (maxLines !== null && lines > maxLines);
}
if (isOver && process.argv.includes('--max')) process.exit(1);

function followImports(entries) {
  const found = new Set();
  const waiting = [...entries];
  while (waiting.length > 0) {
    const file = waiting.pop();
    if (found.has(file)) continue;
    found.add(file);
    for (const imported of listImports(file)) waiting.push(imported);
  }
  return found;
}

/** Files of the server that a file imports values of. */
function listImports(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    if (!statement.moduleSpecifier || isTypesOnly(statement)) return [];
    const specifier = statement.moduleSpecifier.text;
    if (!specifier.startsWith('.')) return [];
    const target = path.join(path.dirname(file), specifier.replace(/\.js$/, '.ts'));
    if (!existsSync(target)) throw new Error(`${file} imports ${specifier}, which is not there`);
    return [target];
  });
}

function isTypesOnly(statement) {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const clause = statement.importClause;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  if (clause.name || !bindings || !ts.isNamedImports(bindings)) return false;
  return bindings.elements.every((element) => element.isTypeOnly);
}

function countLines(file) {
  return readFileSync(file, 'utf8').split('\n').length - 1;
}
