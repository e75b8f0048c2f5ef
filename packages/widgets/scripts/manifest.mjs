/**
 * Makes the custom-elements manifest and what editors and design tools read, from the sources:
 * `node scripts/manifest.mjs FOLDER` writes them, `--check` only looks whether every public name is described.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';
import { describeManifest } from './lib/describe-manifest.mjs';
import { describeProperties, readTokens, toDesignTokens } from './lib/describe-tokens.mjs';

const packageRoot = fileURLToPath(new URL('..', import.meta.url));
const target = process.argv[2] ?? '--check';
const { manifest, problems } = await describeManifest(packageRoot);
if (problems.length > 0) {
  console.error(`${problems.length} public names without a description:`);
  for (const problem of problems) console.error(`  ${problem}`);
  process.exit(1);
}
if (target !== '--check') writeAll(join(packageRoot, target));

function writeAll(folder) {
  const names = manifest.modules.flatMap(({ declarations }) =>
    declarations.map(({ name }) => name),
  );
  writeFileSync(join(folder, 'custom-elements.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const tokens = toDesignTokens(readTokens(packageRoot), describeProperties(manifest));
  writeFileSync(join(folder, 'design-tokens.json'), `${JSON.stringify(tokens, null, 2)}\n`);
  const options = { outdir: folder, hideLogs: true, packageJson: false };
  generateVsCodeCustomElementData(manifest, options);
  writeFileSync(join(folder, 'web-types.json'), getWebTypesData(manifest, options));
  console.log(`Described ${names.length} classes for editors.`);
}
