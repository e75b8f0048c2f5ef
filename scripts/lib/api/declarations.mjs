import { format } from 'prettier';
import ts from 'typescript';
import {
  createProgram,
  describeImport,
  isAugmentation,
  isTopLevel,
  listFiles,
  resolveAlias,
  toStatement,
} from './declaration-files.mjs';
import { printDeclaration } from './print-declaration.mjs';

/**
 * What the built declarations of a package export, as text without comments, in an order that depends on names alone.
 *
 * Each entry has its exports with their full declarations, what those are made of although it is not exported, and what it
 * adds to other modules. A declaration that several entries reach is in `shared` only, where it is once.
 *
 * Types of other packages stay names, so that the text does not depend on what is installed.
 *
 * @param {Record<string, string>} entries name of an entry → its `.d.ts`
 * @returns {Promise<Record<string, string>>} name of an entry, and `shared` where there is any → text
 */
export async function describeDeclarations(entries) {
  const program = createProgram(Object.values(entries));
  const checker = program.getTypeChecker();
  const modules = Object.entries(entries).map(([name, file]) => {
    const sourceFile = program.getSourceFile(file);
    const module = checker.getSymbolAtLocation(sourceFile);
    const exports = module === undefined ? [] : checker.getExportsOfModule(module);
    return { name, sourceFile, exports: exports.map((symbol) => readExport(checker, symbol)) };
  });
  const exported = new Set(modules.flatMap(({ exports }) => exports.map(({ target }) => target)));
  const surfaces = modules.map((module) => ({ ...module, ...reach(checker, module, exported) }));
  const shared = findShared(surfaces);
  const texts = {};
  for (const surface of surfaces) texts[surface.name] = await layOut(toTexts(surface, shared));
  if (shared.size > 0) texts.shared = await layOut(sortByName([...shared.values()]));
  return texts;
}

/**
 * An export: what declares it (`undefined`: another package), whether as a type only, and the last alias within the package.
 */
function readExport(checker, symbol) {
  let typeOnly = false;
  let last = symbol;
  while ((last.flags & ts.SymbolFlags.Alias) !== 0) {
    typeOnly ||= last.declarations.some(ts.isTypeOnlyImportOrExportDeclaration);
    const next = checker.getImmediateAliasedSymbol(last);
    if (next?.declarations === undefined) break;
    last = next;
  }
  return { name: symbol.name, typeOnly, target: resolveAlias(checker, symbol), last };
}

/** Every declaration of the package that an entry's exports name, directly or not, with what else it needs. */
function reach(checker, { sourceFile, exports }, exported) {
  const reached = new Map();
  const imports = new Set();
  const queue = exports.flatMap(({ target }) => target ?? []);
  const onIdentifier = (identifier) => {
    const symbol = checker.getSymbolAtLocation(identifier);
    if (symbol === undefined) return;
    const target = resolveAlias(checker, symbol);
    if (target === undefined) imports.add(describeImport(symbol));
    else if (target.declarations?.some(isTopLevel)) queue.push(target);
  };
  const additions = listFiles(checker, sourceFile).flatMap((file) =>
    file.statements
      .filter(isAugmentation)
      .map((node) => printDeclaration(node, { isExported: true, onIdentifier })),
  );
  for (let symbol = queue.pop(); symbol !== undefined; symbol = queue.pop()) {
    if (reached.has(symbol)) continue;
    const options = { only: symbol.name, isExported: exported.has(symbol), onIdentifier };
    const statements = [...new Set(symbol.declarations.filter(isTopLevel).map(toStatement))];
    const text = statements.map((node) => printDeclaration(node, options)).join('\n');
    reached.set(symbol, { name: symbol.name, text });
  }
  // By its text: several files may add the same.
  for (const text of additions) reached.set(text, { name: '\uffff', text });
  return { reached, imports };
}

/** What more than one entry reaches. */
function findShared(surfaces) {
  const uses = new Map();
  for (const { reached } of surfaces) {
    for (const [key, declaration] of reached) {
      uses.set(key, { declaration, count: (uses.get(key)?.count ?? 0) + 1 });
    }
  }
  const several = [...uses].filter(([, { count }]) => count > 1);
  return new Map(several.map(([key, { declaration }]) => [key, declaration]));
}

function toTexts({ exports, reached, imports }, shared) {
  const exported = new Set();
  const lines = exports.map(({ name, typeOnly, target, last }) => {
    if (target === undefined) return { name, text: `${describeImport(last)} export { ${name} };` };
    const declaration = reached.get(target);
    const isValue = (target.flags & ts.SymbolFlags.Value) !== 0;
    const isRenamed = declaration.name !== name;
    if (!isRenamed && !(typeOnly && isValue) && !shared.has(target)) {
      exported.add(target);
      return { name, text: `export ${declaration.text}` };
    }
    const keyword = isValue && !typeOnly ? 'export' : 'export type';
    const names = isRenamed ? `${declaration.name} as ${name}` : name;
    return { name, text: `${keyword} { ${names} };` };
  });
  const inner = [...reached].filter(([key]) => !exported.has(key) && !shared.has(key));
  return [
    ...[...imports].sort(),
    ...sortByName(lines),
    ...sortByName(inner.map(([, declaration]) => declaration)),
  ];
}

function sortByName(declarations) {
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return declarations
    .sort((a, b) => compare(a.name, b.name) || compare(a.text, b.text))
    .map(({ text }) => text);
}

/** Long unions and parameters become a line each, so that a difference shows the one that changed. */
function layOut(texts) {
  return format(texts.join('\n'), { parser: 'typescript', printWidth: 100, singleQuote: true });
}
