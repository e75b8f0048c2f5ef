// The entries next to the root, for `require()`: what the root exports, by their names. One bundle of CommonJS has no chunks to
// share, and a second copy in each entry would have another context of `runWithUsageContext` and other classes of errors.
import { writeFileSync } from 'node:fs';

for (const entry of ['payment-kit', 'recorders']) {
  const names = Object.keys(await import(`../dist/${entry}.js`));
  const lines = names.map((name) => `exports.${name} = root.${name};`);
  const text = `'use strict';\nconst root = require('./index.cjs');\n${lines.join('\n')}\n`;
  writeFileSync(new URL(`../dist/${entry}.cjs`, import.meta.url), text);
}
