/**
 * Opens a page in a browser and looks at what its elements say; then does something, and looks at what that has to show.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {Record<string, RegExp[]>} expected what each element has to say, by its tag
 * @param {{ act?: (page: import('playwright-core').Page) => Promise<Record<string, RegExp[]>>, cookie?: string, allowed?: RegExp }} [options]
 *   `act` returns what the elements have to say after it; `cookie`: `name=value`, set before the page is loaded; `allowed`: a
 *   message of the console that is no problem
 * @throws Error with everything that is missing, that is on the console, and that failed on the network
 */
export async function lookAtPage(browser, url, expected, { act, cookie, allowed } = {}) {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1360, height: 900 },
  });
  if (cookie !== undefined) {
    const [name, value] = cookie.split('=');
    await context.addCookies([{ name, value, url }]);
  }
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    const isProblem = ['error', 'warning'].includes(message.type());
    if (isProblem && !allowed?.test(message.text())) problems.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    // What a page no longer wants when it goes on to another.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') problems.push(`${reason} ${request.url()}`);
  });
  await page.goto(url);
  problems.push(...(await waitFor(page, expected)));
  if (act) problems.push(...(await waitFor(page, await act(page))));
  await context.close();
  if (problems.length > 0) throw new Error(`${url}\n${problems.join('\n')}`);
}

/** What is still missing after half a minute; on a busy machine the network may be idle before the elements send requests. */
async function waitFor(page, expected) {
  await page.waitForLoadState('networkidle');
  const untilMs = Date.now() + 30_000;
  let missing = await findMissing(page, expected);
  while (missing.length > 0 && Date.now() < untilMs) {
    await page.waitForTimeout(250);
    missing = await findMissing(page, expected);
  }
  return missing;
}

/** What elements do not say, though they should. */
async function findMissing(page, expected) {
  const missing = [];
  for (const [tag, patterns] of Object.entries(expected)) {
    const text = await page.locator(tag).evaluate((element) => {
      const parts = [...(element.shadowRoot?.children ?? [])];
      return parts.map((part) => part.innerText ?? '').join('\n');
    });
    const unsaid = patterns.filter((pattern) => !pattern.test(text));
    missing.push(...unsaid.map((pattern) => `${tag} does not say ${pattern}: ${text}`));
  }
  return missing;
}
