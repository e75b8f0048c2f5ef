/**
 * `npm run screenshots`: takes the pictures in docs/images again.
 * `npm run screenshots -- --all DIRECTORY [PATTERN]`: every page, screen, scheme, language and state, to look at.
 *
 * The load, the clock and the browser's zone are fixed, so that a picture changes only when what it shows does.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startDemoProcess } from './lib/demo-process.mjs';
import { checkNode, ensureInstalled } from './lib/ensure-installed.mjs';
import { ALL_PICTURES, DOCUMENT_PICTURES } from './lib/pictures.mjs';
import { root } from './lib/run.mjs';
import { takePicture } from './lib/take-picture.mjs';

/** Of a picture in the documents; each clone of the repository carries it. */
const MAX_BYTES = 400_000;

const { values, positionals } = parseArgs({
  options: { all: { type: 'string' } },
  allowPositionals: true,
});
const isAll = values.all !== undefined;
const directory = isAll
  ? resolve(process.env.INIT_CWD ?? process.cwd(), values.all)
  : join(root, 'docs', 'images');
const pattern = new RegExp(positionals[0] ?? '');

checkNode();
await ensureInstalled();
const { chromium } = await import('playwright-core');
const { CHROMIUM_ARGS, findBrowser } = await import('./find-browser.mjs');

mkdirSync(directory, { recursive: true });
const demo = await startDemoProcess();
const browser = await chromium.launch({ executablePath: await findBrowser(), args: CHROMIUM_ARGS });
try {
  const pictures = isAll ? ALL_PICTURES : DOCUMENT_PICTURES;
  for (const picture of pictures.filter(({ name }) => pattern.test(name))) {
    const path = join(directory, `${picture.name}.png`);
    await takePicture(browser, demo, picture, path);
    const { size } = statSync(path);
    console.log(`  ${picture.name}.png  ${Math.round(size / 1000)} kB`);
    if (!isAll && size > MAX_BYTES) {
      throw new Error(`${picture.name}.png is larger than ${MAX_BYTES} bytes.`);
    }
  }
} finally {
  await browser.close();
  await demo.stop();
}
