/** As Lighthouse has a phone: 1.6 Mbit/s and 150 ms, a processor four times as slow. */
const SLOW_NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 90_000,
};
const SLOW_DOWN = 4;

/** Slows a page down, and lets it note what is measured from its first moment on. */
export async function slowPage(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.emulateNetworkConditions', SLOW_NETWORK);
  await page.addInitScript(noteMeasures);
}

/** A person sees what came of a step before the next one. */
const LOOK_MS = 500;

/** Names what the page is used for from now on; interactions carry the name. */
export async function beginStep(page, name) {
  await page.waitForTimeout(LOOK_MS);
  await page.evaluate((step) => {
    window.measures.steps.push({ name: step, atMs: performance.now() });
  }, name);
}

/** Time from reaching a control until it is pressed, and of the press itself. */
const REACH_MS = 150;
const PRESS_MS = 60;

/** Presses a control as a hand does: the pointer is on it for a moment before, and a press has a length. */
export async function press(locator) {
  await locator.hover();
  await locator.page().waitForTimeout(REACH_MS);
  await locator.click({ delay: PRESS_MS });
}

/**
 * Layout shift, first and largest paint in milliseconds, and each interaction: its step, its time to the next paint and, of it,
 * the time until its handlers ran and the time that they took.
 */
export function readMeasures(page) {
  return page.evaluate(() => {
    const { shift, firstMs, largestMs, interactions, steps } = window.measures;
    const toStep = ({ startMs, ...interaction }) => ({
      ...interaction,
      step: steps.findLast(({ atMs }) => atMs <= startMs)?.name ?? '',
    });
    return { shift, firstMs, largestMs, interactions: [...interactions.values()].map(toStep) };
  });
}

/** Runs in the page before anything else. */
function noteMeasures() {
  const measures = { shift: 0, firstMs: 0, largestMs: 0, interactions: new Map(), steps: [] };
  window.measures = measures;
  const observe = (type, note, options) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
      type,
      buffered: true,
      ...options,
    });
  observe('layout-shift', ({ value, hadRecentInput }) => {
    if (!hadRecentInput) measures.shift += value;
  });
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') measures.firstMs = startTime;
  });
  observe('largest-contentful-paint', ({ startTime }) => {
    measures.largestMs = startTime;
  });
  // As "interaction to next paint" counts: the longest event of each press, click or key; events shorter than 16 ms are not reported.
  observe(
    'event',
    ({ interactionId, duration, startTime, processingStart, processingEnd }) => {
      if (!interactionId || duration <= (measures.interactions.get(interactionId)?.ms ?? 0)) return;
      measures.interactions.set(interactionId, {
        ms: duration,
        startMs: startTime,
        waitMs: Math.round(processingStart - startTime),
        handlerMs: Math.round(processingEnd - processingStart),
      });
    },
    { durationThreshold: 16 },
  );
}
