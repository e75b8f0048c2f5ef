/** The path of a Chromium that runs here. */
export function findBrowser(): Promise<string>;

/** How to start the browser from npm with its own font and those of a folder, and no other. */
export function findPinnedBrowser(
  fontFolder: string,
): Promise<{ executablePath: string; env: NodeJS.ProcessEnv }>;

/** Arguments that make Chromium start as root, in a container, and leave the network alone. */
export const CHROMIUM_ARGS: string[];
