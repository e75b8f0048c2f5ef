import { waitUntil as waitUntilWithin } from '@open-wc/testing';

/** Long enough for a machine that has other work; passes as soon as it can. */
const TIMEOUT_MS = 30_000;

/**
 * Waits until something is so.
 *
 * @throws Error that names what was waited for, after 30 s
 */
export function waitUntil(isSo: () => boolean, what?: string): Promise<void> {
  return waitUntilWithin(isSo, what, { timeout: TIMEOUT_MS });
}
