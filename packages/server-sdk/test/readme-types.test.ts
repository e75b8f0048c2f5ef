import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const README = readFileSync(join(PACKAGE, 'README.md'), 'utf8');

/** What hosts with a strict TypeScript have; libraries are checked apart, since that takes longer. */
const STRICT: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  customConditions: ['usage-kit-source'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  esModuleInterop: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
};

/** What parts of a host's code stand on, by the name that the README gives it. */
const SURROUNDINGS: Readonly<Record<string, string>> = {
  app: "import('koa')",
  usage: "import('@usage-kit/server-sdk').Usage",
  database: 'string',
  authenticate: "import('@usage-kit/server-sdk').Authenticate",
  id: 'string',
  userDid: 'string',
  model: 'string',
  startedAt: 'Date',
  from: 'Date',
  to: 'Date',
  payment: "import('@usage-kit/server-sdk').PaymentKitClient",
  rechargeIds: 'Map<string, string>',
};

/** Examples of the README that have no separate file: those the tests run, and the typecheck compiles. */
function snippets(): string[] {
  const blocks = [...README.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
  return blocks.filter((code) => !/^export |^import (?!\{ paymentKit|type \{ Context)/m.test(code));
}

/** A snippet as a module: what it uses and does not make is declared, and what it does not import is. */
function toModule(code: string): string {
  const declared = Object.entries(SURROUNDINGS)
    .filter(([name]) => !new RegExp(`const ${name}\\b`).test(code))
    .map(([name, type]) => `declare const ${name}: ${type};`);
  const imported = ['createUsage', 'recordKoaCalls'].filter((name) => code.includes(`${name}(`));
  return [
    `import { ${imported.join(', ')} } from '@usage-kit/server-sdk';`,
    ...declared,
    code,
  ].join('\n');
}

test('examples of the README compile with the strictest settings', () => {
  const files = new Map(
    snippets().map((code, index) => [join(PACKAGE, 'test', `readme-${index}.ts`), toModule(code)]),
  );
  expect(files.size).toBeGreaterThanOrEqual(6);
  const host = ts.createCompilerHost(STRICT);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, options) => {
    const text = files.get(name);
    return text === undefined
      ? getSourceFile(name, options)
      : ts.createSourceFile(name, text, options);
  };
  const program = ts.createProgram([...files.keys()], STRICT, host);
  const found = [...files.keys()].flatMap((name) => {
    const source = program.getSourceFile(name);
    return source
      ? [...program.getSemanticDiagnostics(source), ...program.getSyntacticDiagnostics(source)]
      : [];
  });
  expect(
    found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  ).toEqual([]);
});

test('the public types name no package that is optional', () => {
  const { peerDependenciesMeta } = JSON.parse(
    readFileSync(join(PACKAGE, 'package.json'), 'utf8'),
  ) as {
    peerDependenciesMeta: Record<string, unknown>;
  };
  // Koa's imports are written so that they may fail, by `scripts/guard-peer-types.mjs`.
  const unguarded = Object.keys(peerDependenciesMeta).filter(
    (name) => !/^(@koa\/|koa$)/.test(name),
  );
  const isOptional = (specifier: string): boolean =>
    unguarded.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  // The files that the published types are made of, from the entry on.
  const seen = new Set<string>();
  const optional: string[] = [];
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)) {
      const path = join(file, '..', specifier.replace(/\.js$/, '.ts'));
      if (specifier.startsWith('.') && existsSync(path)) visit(path);
      else if (isOptional(specifier)) optional.push(`${file.slice(PACKAGE.length)}: ${specifier}`);
    }
  };
  visit(join(PACKAGE, 'src', 'options', 'options.ts'));
  visit(join(PACKAGE, 'src', 'metrics', 'metrics.ts'));
  expect(optional).toEqual([]);
});
