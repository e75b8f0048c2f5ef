import { afterEach, expect } from 'vitest';

// React warns of keys, props, `act` and hydration by `console.error`, in its development build, which these tests run on.
const warnings: unknown[][] = [];
const { error } = console;
Object.assign(console, {
  error(...words: unknown[]): void {
    warnings.push(words);
    error(...words);
  },
});

afterEach(() => {
  expect(warnings.splice(0), 'what was said on the console').toEqual([]);
});
