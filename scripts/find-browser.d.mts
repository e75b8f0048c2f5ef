/** The path of a Chromium that runs here. */
export function findBrowser(): Promise<string>;

/** Arguments that make Chromium start as root, in a container, and leave the network alone. */
export const CHROMIUM_ARGS: string[];
