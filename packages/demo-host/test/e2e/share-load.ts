import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for a demo with its generated load, which the first test file makes and all copy. */
    loadedDemo: string;
  }
}

/** Makes the folder that test files share, and removes it after the last. */
export default function shareLoad(project: TestProject): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'usage-kit-e2e-'));
  project.provide('loadedDemo', directory);
  return () => {
    rmSync(directory, { recursive: true, force: true });
  };
}
