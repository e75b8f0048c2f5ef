import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const tags = readdirSync(new URL('./elements/', import.meta.url));

describe('packaging', () => {
  it.each(tags)(
    'registers %s by its own entry and by define.ts, without sharing a module',
    (tag) => {
      const className = tag.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
      expect(read(`./elements/${tag}/define.ts`)).toContain(`${className}.define();`);
      expect(read('./define.ts')).toContain(`elements/${tag}/${tag}.js`);
      // A module that both import becomes a chunk, whose effects bundlers drop.
      expect(read('./define.ts')).not.toContain('/define.js');
    },
  );

  it.each(tags)('exports the class of %s without registering it', (tag) => {
    expect(read('./index.ts')).toContain(`elements/${tag}/${tag}.js`);
    expect(read(`./elements/${tag}/${tag}.ts`)).not.toMatch(/^\w+\.define\(/m);
  });
});
