import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * A program of the declarations of one package: no file of another package, and none of TypeScript's, is read.
 * @param {string[]} files absolute paths
 */
export function createProgram(files) {
  const options = { noLib: true, types: [], module: ts.ModuleKind.ESNext };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      const resolvedFileName = join(dirname(from), text.replace(/\.js$/, '.d.ts'));
      const isOwn = text.startsWith('.') && existsSync(resolvedFileName);
      const resolvedModule = { resolvedFileName, extension: ts.Extension.Dts };
      return { resolvedModule: isOwn ? resolvedModule : undefined };
    });
  return ts.createProgram(files, options, host);
}

/** The files of the package that an entry imports, itself among them. */
export function listFiles(checker, entry) {
  const files = new Set([entry]);
  for (const file of files) {
    for (const { moduleSpecifier } of file.statements) {
      if (moduleSpecifier === undefined) continue;
      const module = checker.getSymbolAtLocation(moduleSpecifier);
      const imported = module?.declarations?.find(ts.isSourceFile);
      if (imported !== undefined) files.add(imported);
    }
  }
  return [...files];
}

/** What declares a symbol in the package; `undefined`: another package does. */
export function resolveAlias(checker, symbol) {
  if ((symbol.flags & ts.SymbolFlags.Alias) === 0) return symbol;
  const target = checker.getAliasedSymbol(symbol);
  return target.declarations === undefined ? undefined : target;
}

/** The statement by which a file of the package imports a name of another package. */
export function describeImport(symbol) {
  const [declaration] = symbol.declarations;
  const from = ts.findAncestor(
    declaration,
    (node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node),
  );
  const module = `from '${from.moduleSpecifier.text}';`;
  if (ts.isNamespaceImport(declaration)) return `import * as ${symbol.name} ${module}`;
  if (ts.isImportClause(declaration)) return `import ${symbol.name} ${module}`;
  const name = (declaration.propertyName ?? declaration.name).text;
  return `import { ${name === symbol.name ? name : `${name} as ${symbol.name}`} } ${module}`;
}

/** `declare module 'vue' { … }` or `declare global { … }`. */
export function isAugmentation(node) {
  if (!ts.isModuleDeclaration(node)) return false;
  return ts.isStringLiteral(node.name) || (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
}

/** Whether a declaration is one of its file, neither within another nor an alias. */
export function isTopLevel(declaration) {
  const statement = toStatement(declaration);
  return (
    ts.isStatement(statement) &&
    ts.isSourceFile(statement.parent) &&
    !ts.isImportDeclaration(statement) &&
    !ts.isExportDeclaration(statement) &&
    !isAugmentation(statement)
  );
}

/** The statement of a declaration: a variable's is that of its list. */
export function toStatement(declaration) {
  return ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
}
