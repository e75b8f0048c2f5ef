import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { root } from '../../../../scripts/lib/run.mjs';
import { REPOSITORY_PAGES } from '../../site-map.mjs';

const site = fileURLToPath(new URL('../..', import.meta.url));

/** The tests that compile or run the code of a text of the repository; what is not here is compiled by this check. */
const TESTED = {
  'packages/server-sdk/README.md': 'packages/server-sdk/test/readme-types.test.ts',
  'packages/widgets/README.md': 'packages/widgets/test/e2e/frameworks.test.ts',
  'packages/react-pages/README.md': 'packages/react-pages/src/readme.test.tsx',
  'docs/aigne-hub.md': 'examples/aigne-hub/test/guide.test.ts',
  'docs/sql.md': 'packages/server-sdk/test/sql/views.test.ts',
};

/** What pieces of code stand on, where they do not declare it. */
const SURROUNDINGS = {
  createUsage: "typeof import('@usage-kit/server-sdk').createUsage",
  authenticate: "import('@usage-kit/server-sdk').Authenticate",
};

const OPTIONS = {
  ...ts.getDefaultCompilerOptions(),
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  allowJs: true,
  types: ['node'],
};

/**
 * Compiles the TypeScript, parses the JavaScript and the JSON of the texts, and says which tests have the others.
 * @returns {{ problems: string[], blocks: number }}
 */
export function checkCode() {
  const missing = Object.entries(TESTED)
    .filter(
      ([path, test]) => !readFileSync(join(root, test), 'utf8').includes(path.split('/').at(-1)),
    )
    .map(([path, test]) => `${test} does not name ${path}`);
  const blocks = listTexts().flatMap(({ path, text }) => readBlocks(path, text));
  const json = blocks.filter(({ language }) => language === 'json').flatMap(checkJson);
  const compiled = compile(blocks.filter(({ language }) => /^[tj]sx?$/.test(language)));
  return { problems: [...missing, ...json, ...compiled], blocks: blocks.length };
}

function listTexts() {
  const own = readdirSync(join(site, 'texts'), { recursive: true })
    .filter((name) => /\.mdx?$/.test(name))
    .map((name) => join('packages/docs-site/texts', name));
  const others = REPOSITORY_PAGES.map(({ from }) => from).filter((from) => !(from in TESTED));
  return [...new Set([...own, ...others])].map((path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
  }));
}

/** Blocks of code with the line they begin in. */
function readBlocks(path, text) {
  return [...text.matchAll(/^( *)```(\w+)[^\n]*\n([\s\S]*?)^\1```/gm)].map((match) => ({
    path,
    line: text.slice(0, match.index).split('\n').length,
    language: match[2],
    code: match[3],
  }));
}

function checkJson({ path, line, code }) {
  try {
    JSON.parse(code);
    return [];
  } catch (error) {
    return [`${path}:${line} ${error.message}`];
  }
}

function compile(blocks) {
  const files = new Map(
    blocks.map((block, index) => [join(site, `text-${index}.${block.language}`), block]),
  );
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, version) => {
    const block = files.get(name);
    return block === undefined
      ? getSourceFile(name, version)
      : ts.createSourceFile(name, toModule(block), version);
  };
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  return [...files].flatMap(([name, { path, line }]) => {
    const source = program.getSourceFile(name);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(
      ({ messageText }) => `${path}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

/** A block as a module: what it uses of its surroundings is declared. */
function toModule({ code, language }) {
  if (language.startsWith('js')) return code;
  const declared = Object.entries(SURROUNDINGS)
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(code))
    .filter(([name]) => !new RegExp(`(const |import [^;]*)\\b${name}\\b`).test(code))
    .map(([name, type]) => `declare const ${name}: ${type};`);
  return ['export {};', ...declared, code].join('\n');
}
