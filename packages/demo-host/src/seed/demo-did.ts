import { createRng } from './rng.js';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** An identifier that looks like a DID and that its name alone decides. */
export function demoDid(name: string): string {
  const rng = createRng(`did/${name}`);
  const letters = Array.from({ length: 31 }, () => BASE58[Math.floor(rng() * BASE58.length)]);
  return `zNK${letters.join('')}`;
}
