import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { CHROMIUM_ARGS, findBrowser } from '../../scripts/find-browser.mjs';

const tsconfig = fileURLToPath(new URL('./tsconfig.json', import.meta.url));

export default {
  files: 'src/**/*.browser.test.ts',
  // The repository: npm hoists what the tests import to its node_modules.
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  nodeResolve: { exportConditions: ['usage-kit-source', 'production'] },
  // One window at a time: a covered one gets about a frame a second, and charts draw in frames.
  concurrency: 1,
  // A hundred elements on a page take more than Mocha's two seconds while both cores are busy with others.
  testFramework: { config: { timeout: '60000' } },
  plugins: [esbuildPlugin({ ts: true, tsconfig, target: 'es2022' })],
  browsers: [
    chromeLauncher({ launchOptions: { executablePath: await findBrowser(), args: CHROMIUM_ARGS } }),
  ],
};
