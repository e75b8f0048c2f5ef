import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { OUTPUT, PACKAGE } from './paths.js';

/** Whether pictures that differ are written. */
export const IS_UPDATE = process.env['UPDATE_PICTURES'] === '1';
/** Pictures of stories as they should look, in git. */
const BASELINE = join(PACKAGE, 'test/visual');
/** What was seen where it differs, and where; not in git. */
const DIFFERENCES = join(OUTPUT, 'visual');
/** A quarter of the size: small files, in which a moved line or another color still shows. */
const SCALE = 0.25;
/** Of the pixels; glyphs of scripts that the browser's font lacks are the machine's. */
const TOLERANCE = 0.004;
/** How far two colors may be from each other, 0 to 1, as pixelmatch counts. */
const COLOR_THRESHOLD = 0.1;

/**
 * Compares pictures of a page with those in git. With `UPDATE_PICTURES=1` in the environment, writes those that
 * differ.
 *
 * The browser must be the one from npm, with its font: another one draws other pictures.
 */
export class VisualBaseline {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async open(page: Page): Promise<VisualBaseline> {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    // A caret blinks.
    await page.addStyleTag({ content: 'html { caret-color: transparent }' });
    return new VisualBaseline(page, await page.context().newCDPSession(page));
  }

  /** Names of all pictures in git. */
  list(): string[] {
    return readdirSync(BASELINE).map((file) => file.replace('.png', ''));
  }

  /** What is wrong with the look of the page, or null; `widthPx` from the left is looked at. */
  async compare(name: string, widthPx: number): Promise<string | null> {
    const actual = await this.#capture(widthPx);
    const file = join(BASELINE, `${name}.png`);
    const problem = existsSync(file)
      ? findProblem(PNG.sync.read(readFileSync(file)), PNG.sync.read(actual), name)
      : `there is no picture test/visual/${name}.png`;
    if (problem === null) return null;
    // What looks the same stays as it is: a commit has the pictures that changed.
    write(IS_UPDATE ? file : join(DIFFERENCES, `${name}.png`), actual);
    return IS_UPDATE ? null : problem;
  }

  async #capture(widthPx: number): Promise<Buffer> {
    const height = await this.#page.evaluate(() => document.documentElement.scrollHeight);
    const { data } = await this.#session.send('Page.captureScreenshot', {
      format: 'png',
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, width: widthPx, height, scale: SCALE },
    });
    return Buffer.from(data, 'base64');
  }
}

function findProblem(expected: PNG, actual: PNG, name: string): string | null {
  const { width, height } = expected;
  if (actual.width !== width || actual.height !== height) {
    return `looks ${actual.width} × ${actual.height} and not ${width} × ${height}, a quarter of its pixels`;
  }
  const difference = new PNG({ width, height });
  const options = { threshold: COLOR_THRESHOLD };
  const count = pixelmatch(expected.data, actual.data, difference.data, width, height, options);
  const share = count / (width * height);
  if (share <= TOLERANCE) return null;
  write(join(DIFFERENCES, `${name}.difference.png`), PNG.sync.write(difference));
  return `looks different in ${(share * 100).toFixed(1)} % of its pixels`;
}

function write(file: string, picture: Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, picture);
}
