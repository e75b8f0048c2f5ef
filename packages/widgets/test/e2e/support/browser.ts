import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import {
  CHROMIUM_ARGS,
  findBrowser,
  findPinnedBrowser,
} from '../../../../../scripts/find-browser.mjs';

/** A browser for a test file. */
export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: CHROMIUM_ARGS });
}

const FONTS = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/** A browser that draws the same pictures on every machine. */
export async function launchPinned(): Promise<Browser> {
  const { executablePath, env } = await findPinnedBrowser(dirname(FONTS));
  return chromium.launch({ executablePath, args: CHROMIUM_ARGS, env });
}

/** A page that writes down what goes wrong on it, and reaches nothing but this machine. */
export async function openPage(
  browser: Browser,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage({ locale: 'en-GB', timezoneId: 'UTC', ...options });
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.route(
    (url) => url.protocol.startsWith('http') && url.hostname !== '127.0.0.1',
    (route) => {
      problems.push(`asked another host: ${route.request().url()}`);
      return route.abort();
    },
  );
  return { page, problems };
}
