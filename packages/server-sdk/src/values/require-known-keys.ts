import { toHint } from './nearest-name.js';

/**
 * Refuses unknown members of an object of options.
 *
 * @param path of the object within the options, `''` for the outermost
 * @throws TypeError that names the member and the nearest known one
 */
export function requireKnownKeys(value: object, known: readonly string[], path = ''): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const name = path === '' ? key : `${path}.${key}`;
    throw new TypeError(`${name}: unknown option ${key}${toHint(key, known)}`);
  }
}
