import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'tsup';
import { packageBuilds } from '../../../tsup.config.js';
import { OUTPUT, REPOSITORY } from './paths.js';

/** Builds what the tests open, from the working tree: the package as it is published, and Storybook. */
export default async function buildAll(): Promise<void> {
  rmSync(OUTPUT, { recursive: true, force: true });
  for (const options of packageBuilds(join(OUTPUT, 'package'))) {
    await build({ ...options, config: false, dts: false, silent: true });
  }
  await promisify(execFile)(
    process.execPath,
    [
      join(REPOSITORY, 'node_modules/storybook/dist/bin/dispatcher.js'),
      'build',
      '--disable-telemetry',
      '--quiet',
      '--output-dir',
      join(OUTPUT, 'storybook'),
    ],
    { cwd: REPOSITORY, env: { ...process.env, STORYBOOK_DISABLE_TELEMETRY: '1' } },
  );
}
