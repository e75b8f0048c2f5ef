// Declarations of the package compile without its optional peers, in hosts that check libraries too (`skipLibCheck: false`):
// where Koa, or the types of it, are not installed, `usage.router()` is `any`. The bundler of declarations drops comments of
// imports, so they are written after it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const DIST = new URL('../dist/', import.meta.url);
const OPTIONAL_IMPORT = /^import [^;]* from '(?:@koa\/router|koa)';$/gm;

let guarded = 0;
for (const name of readdirSync(DIST).filter((file) => /\.d\.c?ts$/.test(file))) {
  const text = readFileSync(new URL(name, DIST), 'utf8');
  const found = text.match(OPTIONAL_IMPORT)?.length ?? 0;
  if (found === 0) continue;
  guarded += found;
  writeFileSync(new URL(name, DIST), text.replace(OPTIONAL_IMPORT, '// @ts-ignore\n$&'));
}
// Two packages, in declarations of ES modules and of CommonJS.
if (guarded !== 4) throw new Error(`${guarded} imports of optional peers in declarations, not 4`);
