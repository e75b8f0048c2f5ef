/** Waits until something is so, for nine seconds at most: both cores may be busy with other tests, and Mocha ends a test after twenty. */
export async function until(check: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 9_000;
  while (!check()) {
    if (performance.now() > endMs) throw new Error(`Not seen: ${what}`);
    await new Promise((resolve) => window.setTimeout(resolve, 20));
  }
}
