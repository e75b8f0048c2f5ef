import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, expect, it } from 'vitest';

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
// Next to the package, so that what the files import is found from there as well.
const copy = mkdtempSync(join(packageRoot, '..', '.stamped-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it('stamps an element that compiles, registers itself and is described', () => {
  for (const name of ['src', 'test', 'scripts', 'package.json']) {
    cpSync(join(packageRoot, name), join(copy, name), { recursive: true });
  }
  const script = join(packageRoot, 'scripts', 'new-widget.mjs');
  const run = (tag: string): string =>
    execFileSync(process.execPath, [script, tag, 'Shows a stamp.', copy], { encoding: 'utf8' });
  expect(run('usage-stamped-thing')).toContain('Stamped src/elements/usage-stamped-thing');
  expect(() => run('usage-stamped-thing')).toThrow();
  expect(readFileSync(join(copy, 'src/define.ts'), 'utf8')).toMatch(/ {2}UsageStampedThing,\n\]/);
  const { config } = ts.readConfigFile(join(packageRoot, 'tsconfig.json'), (path) =>
    readFileSync(path, 'utf8'),
  );
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, packageRoot);
  const program = ts.createProgram(
    ['src/define.ts', 'src/jsx.ts', 'src/index.ts'].map((path) => join(copy, path)),
    { ...options, noEmit: true },
  );
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ messageText, file }) =>
        `${file?.fileName} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  expect(problems).toEqual([]);
  expect(
    program.getSourceFile(join(copy, 'src/elements/usage-stamped-thing/usage-stamped-thing.ts')),
  ).toBeDefined();
}, 60_000);
