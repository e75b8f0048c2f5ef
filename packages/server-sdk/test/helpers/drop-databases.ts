import type { TestProject } from 'vitest/node';
import { dropDatabases } from './test-databases.js';

/** Drops, after all tests of a project, the databases that they gave back. */
export default function setUp({ config }: TestProject): () => Promise<void> {
  const run = config.env['TEST_RUN'] as string;
  return async () => {
    try {
      await dropDatabases(run);
    } catch {
      // No PostgreSQL answers here, which the tests have said.
    }
  };
}
