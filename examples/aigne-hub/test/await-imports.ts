import { afterAll, vi } from 'vitest';

// As in the pages' own tests: a part of an element that is still loading at the end is an error.
afterAll(() => vi.dynamicImportSettled());
