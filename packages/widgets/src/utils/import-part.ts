/**
 * Imports a part of the package that is loaded on first use.
 *
 * A browser may remember until its page is left that a file could not be loaded (Chromium 147 does, Chromium 156 does not), so
 * that trying again would not help: after a failure the file is requested by its address with a fragment, which is another
 * module to the browser and the same file to the server. The address is in the browser's message; in Safari's it is not.
 *
 * @throws what the browser says, where the file cannot be loaded by either address
 */
export const importPart = <Part>(load: () => Promise<Part>): Promise<Part> =>
  load().catch((error: unknown) => {
    const [address] = /http\S+/.exec(String(error)) ?? [];
    if (!address) throw error;
    return import(
      /* webpackIgnore: true */ /* @vite-ignore */ `${address}#${performance.now()}`
    ) as Promise<Part>;
  });
