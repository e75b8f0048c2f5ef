import { mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** `npm run measure`: figures, not tests; what they are depends on the machine. */
export default mergeConfig(
  { resolve: base.resolve, ssr: base.ssr },
  {
    test: {
      environment: 'node',
      include: ['test/measure/*.measure.ts'],
      globalSetup: ['test/e2e/support/build.ts'],
      testTimeout: 120_000,
      hookTimeout: 240_000,
      disableConsoleIntercept: true,
    },
  },
);
