import { afterAll, vi } from 'vitest';

// Elements load parts of theirs on first use: one that is still loading when the file's tests have
// ended has no environment any more, and Vitest counts that as an error.
afterAll(() => vi.dynamicImportSettled());
