/** As Lighthouse has a phone: 1.6 Mbit/s and 150 ms, a processor four times as slow. */
const slowNetwork = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 90_000,
};
const slowDown = 4;

/** Slows a page down, and lets it note what is measured from its first moment on. */
export async function slowPage(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.emulateNetworkConditions', slowNetwork);
  await page.addInitScript(noteMeasures);
}

/** Layout shift, first and largest paint in milliseconds, and each interaction's time to the next paint. */
export function readMeasures(page) {
  return page.evaluate(() => {
    const { shift, firstMs, largestMs, interactions } = window.measures;
    return { shift, firstMs, largestMs, interactions: [...interactions.values()] };
  });
}

/** Runs in the page before anything else. */
function noteMeasures() {
  const measures = { shift: 0, firstMs: 0, largestMs: 0, interactions: new Map() };
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
    ({ interactionId, duration }) => {
      if (!interactionId) return;
      const longest = Math.max(duration, measures.interactions.get(interactionId) ?? 0);
      measures.interactions.set(interactionId, longest);
    },
    { durationThreshold: 16 },
  );
}
