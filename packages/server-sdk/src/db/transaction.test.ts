import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitBySize } from './transaction.js';

test('runs keep the order and every item, and each is as long as it may be', () => {
  const most = { items: 4, size: 10, sizeOf: (item: number) => item };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 15 })), (items) => {
      const chunks = splitBySize(items, most);
      expect(chunks.flat()).toEqual(items);
      const sizeOf = (chunk: readonly number[]): number =>
        chunk.reduce((sum, item) => sum + item, 0);
      for (const [index, chunk] of chunks.entries()) {
        expect(chunk.length === 1 || (chunk.length <= 4 && sizeOf(chunk) <= 10)).toBe(true);
        const [next] = chunks[index + 1] ?? [];
        if (next !== undefined) expect(chunk.length === 4 || sizeOf(chunk) + next > 10).toBe(true);
      }
    }),
  );
});
