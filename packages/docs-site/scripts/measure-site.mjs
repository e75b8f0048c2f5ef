/**
 * Measures pages of the built site as Lighthouse would on a phone: 1.6 Mbit/s, 150 ms, a processor four times as slow.
 * `npm run site:measure -- /numbers/` measures those pages in place of the usual ones. Medians of five loads.
 */
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findBrowser } from '../../../scripts/find-browser.mjs';
import { readMeasures, slowPage } from '../../../scripts/lib/page-measures.mjs';
import { serveSite } from './lib/site-server.mjs';

const LOADS = 5;
/** Until charts are drawn and nothing moves any more. */
const SETTLED_MS = 2500;
const asked = process.argv.slice(2);
const PAGES =
  asked.length > 0
    ? asked
    : ['/', '/elements/usage-trends/', '/endpoints/overview/', '/zh/operate/backup/'];

const server = await serveSite();
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: await findBrowser(), args: CHROMIUM_ARGS });

console.log('| page | largest paint, ms | layout shift | kB in all | kB of scripts |');
console.log('| --- | ---: | ---: | ---: | ---: |');
for (const path of PAGES) {
  const loads = [];
  for (let load = 0; load < LOADS; load += 1) loads.push(await measure(path));
  const median = (name) =>
    loads.map((one) => one[name]).sort((a, b) => a - b)[Math.floor(LOADS / 2)];
  const cells = [
    median('largestMs').toFixed(0),
    median('shift').toFixed(3),
    ...['bytes', 'scriptBytes'].map((name) => (median(name) / 1000).toFixed(0)),
  ];
  console.log(`| \`${path}\` | ${cells.join(' | ')} |`);
}
await browser.close();
server.close();

async function measure(path) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
  });
  const page = await context.newPage();
  await slowPage(page);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const types = new Map();
  const sums = { bytes: 0, scriptBytes: 0 };
  session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sums.bytes += encodedDataLength;
    if (types.get(requestId) === 'Script') sums.scriptBytes += encodedDataLength;
  });
  await page.goto(base + path, { waitUntil: 'networkidle' });
  await page.waitForTimeout(SETTLED_MS);
  const measures = await readMeasures(page);
  await context.close();
  return { ...measures, ...sums };
}
