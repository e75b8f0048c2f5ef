import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeDeclarations } from '../lib/api/declarations.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-kit-declarations-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The snapshots of declaration files; `entries` names those that are entries. */
function describeFiles(files, entries = ['index']) {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.d.ts`), text);
  }
  return describeDeclarations(
    Object.fromEntries(entries.map((name) => [name, join(folder, `${name}.d.ts`)])),
  );
}

const chunk = `
  /** Where it is. */
  type Place = 'here' | 'there';
  interface Options { /** @default 'here' */ place?: Place; }
  declare class Reader { constructor(options: Options); private secret; protected inner(): void; read(): string; }
  export { type Options as O, Reader as R, type Reader as T };
`;

it('has what exports are made of, without comments and members that callers cannot reach', async () => {
  const { index } = await describeFiles({
    'chunk-1': chunk,
    index: `export { R as Reader, O as Options } from './chunk-1.js';`,
  });
  expect(index).toBe(`export interface Options {
  place?: Place;
}
export declare class Reader {
  constructor(options: Options);
  read(): string;
}
type Place = 'here' | 'there';
`);
});

it('is the same for other names of chunks and of what they export', async () => {
  const before = await describeFiles({
    'chunk-1': chunk,
    index: `import { R } from './chunk-1.js'; export { R as Reader };`,
  });
  const after = await describeFiles({
    'chunk-2': chunk.replace('Reader as R', 'Reader as a'),
    index: `export { a as Reader } from './chunk-2.js';`,
  });
  expect(after).toEqual(before);
});

it('says what is exported as a type only', async () => {
  const { index } = await describeFiles({
    'chunk-1': chunk,
    index: `export { T as Reader } from './chunk-1.js';`,
  });
  expect(index).toContain('export type { Reader };');
  expect(index).toContain('\ndeclare class Reader');
});

it('has what is exported under another name', async () => {
  const { index } = await describeFiles({
    index: `declare const a: number; export { a as amount };`,
  });
  expect(index).toBe('export { a as amount };\ndeclare const a: number;\n');
});

it('has what several entries reach once', async () => {
  const texts = await describeFiles(
    {
      'chunk-1': chunk,
      index: `export { R as Reader } from './chunk-1.js';`,
      other: `import { O } from './chunk-1.js'; export declare function read(options: O): void;`,
    },
    ['index', 'other'],
  );
  expect(texts.shared).toContain('interface Options');
  expect(texts.shared).toContain('type Place');
  expect(texts.index).not.toContain('interface Options');
  expect(texts.other).toContain('export declare function read(options: O): void;');
});

it('has names of other packages by their imports, and what is added to other modules', async () => {
  const { index } = await describeFiles({
    index: `
      import { Unused, Ref as R } from 'vue';
      import type Router from '@koa/router';
      export { Knex } from 'knex';
      export declare function use(value: R<string>, router: Router): void;
      interface Tags { 'usage-quota': HTMLElement; }
      declare module 'vue' { interface GlobalComponents extends Tags {} }
      declare global { interface HTMLElementTagNameMap extends Tags {} }
    `,
  });
  expect(index).toContain(`import { Ref as R } from 'vue';`);
  expect(index).toContain(`import Router from '@koa/router';`);
  expect(index).not.toContain('Unused');
  expect(index).toContain(`import { Knex } from 'knex';\nexport { Knex };`);
  expect(index).toContain(`interface Tags {\n  'usage-quota': HTMLElement;`);
  expect(index).toContain(`declare module 'vue'`);
  expect(index).toContain('interface HTMLElementTagNameMap extends Tags {}');
});

it('has the parameters of texts, not their wording', async () => {
  const { index } = await describeFiles({
    index: `
      declare const en: { readonly greeting: 'Hello {name}, {count} calls'; readonly retry: 'Try again' };
      export declare const PATHS: { readonly quota: '/quota' };
      export type MessageKey = keyof typeof en;
      export {};
    `,
  });
  expect(index).toContain(`greeting: '{count} {name}'`);
  expect(index).toContain(`retry: ''`);
  expect(index).toContain(`quota: '/quota'`);
});
