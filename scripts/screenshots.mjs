/**
 * `npm run screenshots`: takes the pictures in docs/images again.
 *
 * The load, the clock and the browser's zone are fixed, so that a picture changes only when what it shows does.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode, ensureInstalled } from './lib/ensure-installed.mjs';
import { root } from './lib/run.mjs';

const now = '2026-11-20T14:32:00Z';
const largestBytes = 400_000;

const sizes = {
  desktop: { viewport: { width: 1360, height: 1500 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 390, height: 1500 }, deviceScaleFactor: 1.5, hasTouch: true },
};
const pictures = [
  { name: 'dashboard-desktop', size: 'desktop', page: 'dashboard' },
  { name: 'dashboard-desktop-dark', size: 'desktop', page: 'dashboard', colorScheme: 'dark' },
  { name: 'dashboard-phone', size: 'phone', page: 'dashboard' },
  { name: 'dashboard-phone-dark', size: 'phone', page: 'dashboard', colorScheme: 'dark' },
  { name: 'project-desktop', size: 'desktop', page: 'project' },
  { name: 'project-desktop-dark', size: 'desktop', page: 'project', colorScheme: 'dark' },
  { name: 'project-phone', size: 'phone', page: 'project' },
  { name: 'project-phone-dark', size: 'phone', page: 'project', colorScheme: 'dark' },
];

checkNode();
await ensureInstalled();
const { chromium } = await import('playwright-core');
const { chromiumArgs, findBrowser } = await import('./find-browser.mjs');

const directory = mkdtempSync(join(tmpdir(), 'usage-kit-screenshots-'));
const images = join(root, 'docs', 'images');
mkdirSync(images, { recursive: true });
const demo = startDemo();
const browser = await chromium.launch({ executablePath: await findBrowser(), args: chromiumArgs });
try {
  const url = await demo.url;
  for (const picture of pictures) await take(url, picture);
} finally {
  await browser.close();
  demo.child.kill('SIGTERM');
  await demo.ended;
  rmSync(directory, { recursive: true, force: true });
}

/** Starts the demo in a folder of its own and reads its address from what it prints. */
function startDemo() {
  const args = [join(root, 'scripts', 'demo.mjs'), '--now', now, '--port', '0'];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DEMO_DIRECTORY: directory },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const url = new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      output += chunk;
      const found = /http:\/\/localhost:\d+/.exec(output);
      if (found) resolve(found[0]);
    });
    child.on('exit', () => reject(new Error('The demo ended before it served.')));
  });
  return { child, url, ended };
}

async function take(url, { name, size, page: wanted, colorScheme = 'light' }) {
  const context = await browser.newContext({
    ...sizes[size],
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(now));
  await page.goto(`${url}/sign-in`);
  await page.click('[data-user=ada]');
  await page.waitForURL('**/usage/dashboard');
  if (wanted === 'project') {
    const { items } = await page.evaluate(async () =>
      (await fetch('/api/usage/projects?pageSize=1')).json(),
    );
    await page.goto(`${url}/usage/projects/${encodeURIComponent(items[0].appDid)}`);
  }
  await page.waitForLoadState('networkidle');
  const path = join(images, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  await context.close();
  const { size: bytes } = statSync(path);
  console.log(`  docs/images/${name}.png  ${Math.round(bytes / 1000)} kB`);
  if (bytes > largestBytes) throw new Error(`${name}.png is larger than ${largestBytes} bytes.`);
}
