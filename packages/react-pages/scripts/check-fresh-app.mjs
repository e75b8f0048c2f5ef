/**
 * `npm run fresh-app`: a Vite app outside of this repository installs the packed tarballs, follows the README, and has to
 * show both pages with the right figures, on each version of MUI that is supported; then a Next.js app does the same, rendered
 * on its server and hydrated. Needs a build and the npm registry.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findBrowser } from '../../../scripts/find-browser.mjs';
import { lookAtPage } from '../../../scripts/lib/outside/look-at-page.mjs';
import { startServer } from '../../../scripts/lib/outside/server-process.mjs';
import { buildApp, buildNextApp, install, makeApp } from './fresh-app/make-app.mjs';

/** What each element has to say of the calls that `fresh-app/server.mjs` records: 8 and 2 in one project, 2 in another. */
const dashboard = {
  // 100 granted less 8 × 0.5 and 2 × 0.25.
  'usage-quota': [/95\.50/, /4\.50/],
  // 8 × 120 and 2 × 1,000 tokens; 10 of 12 calls succeeded.
  'usage-overview': [/\b12\b/, /2,960|2\.96K/, /4\.50/, /83\.3\s?%/],
  'usage-projects': [/The chat project[^]*\b10\b/, /The search project[^]*\b2\b/],
  'usage-quota-details': [/\+100/],
};
const project = {
  // 8 × 120 tokens; 8 of 10 calls succeeded.
  'usage-project-stats': [/The chat project/, /\b10\b/, /\b960\b/, /4\.00/, /80(\.0)?\s?%/],
  'usage-project-models': [/gpt-4o-mini/],
  'usage-call-history': [/10 calls/, /Failed/],
};

const startedAtMs = Date.now();
const directory = mkdtempSync(join(tmpdir(), 'usage-kit-fresh-app-'));
const browser = await chromium.launch({ executablePath: await findBrowser(), args: CHROMIUM_ARGS });
try {
  await makeApp(directory);
  report('installed the tarballs and what the README names');
  const version = await check();
  // The README's line brings the newest; the other one that is supported has to do as well.
  await install(directory, [`@mui/material@${version.startsWith('7.') ? 9 : 7}`]);
  await install(directory, [
    `@mui/material-nextjs@${(await check()).split('.')[0]}`,
    '@emotion/cache@11',
  ]);
  await checkNext();
} finally {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
}

/** Builds the app with the MUI that is installed, and looks at it. */
async function check() {
  const manifest = join(directory, 'node_modules', '@mui', 'material', 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  await buildApp(directory);
  report(`built with MUI ${version}`);
  const server = await startApp();
  try {
    await lookAtPage(browser, server.url, dashboard);
    await lookAtPage(browser, `${server.url}?project=chat`, project);
  } finally {
    await server.stop();
  }
  report(`shows both pages, the right figures and no word on the console with MUI ${version}`);
  return version;
}

/** Builds the Next.js app, and looks at it: a page as a link opens it, and the other one by Next's router. */
async function checkNext() {
  await buildNextApp(directory);
  report('built with Next.js');
  const server = await startApp('next');
  try {
    await lookAtPage(browser, `${server.url}/usage/projects/chat`, project);
    await lookAtPage(browser, `${server.url}/usage/dashboard`, dashboard, {
      act: async (page) => {
        await page.locator('usage-projects').getByText('The chat project').click();
        await page.waitForURL('**/usage/projects/chat*');
        await page.locator('usage-range-picker').getByText('7 days').click();
        await page.waitForURL('**/usage/projects/chat?from=last-7-days');
        return project;
      },
    });
  } finally {
    await server.stop();
  }
  report('shows both pages, the right figures and no word on the console in Next.js');
}

async function startApp(pages = 'vite') {
  const ADDRESS = /listening on (\S+)/;
  const server = await startServer([process.execPath, 'server.mjs', pages], {
    cwd: directory,
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    isReady: (output) => ADDRESS.test(output),
  });
  return { ...server, url: ADDRESS.exec(server.output())[1] };
}

function report(what) {
  console.log(`${((Date.now() - startedAtMs) / 1000).toFixed(0).padStart(4)} s  ${what}`);
}
