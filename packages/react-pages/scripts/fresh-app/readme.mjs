import { readFileSync } from 'node:fs';

/**
 * Reads the README's instructions: packages to install, and files by the names above them.
 * @param {URL} readme
 * @returns {{ packages: string[], files: Map<string, string> }}
 * @throws {Error} when the README no longer says how to start
 */
export function readInstructions(readme) {
  const text = readFileSync(readme, 'utf8');
  const packages = /^npm install (.+)$/m.exec(text)?.[1]?.split(/\s+/);
  const named = text.matchAll(/^```tsx title="([^"]+)"\n([^]*?)^```$/gm);
  const files = new Map(Array.from(named, ([, name, source]) => [name, source]));
  if (!packages || files.size === 0) {
    throw new Error('The README has no `npm install` line, or no file with a title.');
  }
  return { packages, files };
}
