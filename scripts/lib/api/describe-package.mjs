import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeDeclarations } from './declarations.mjs';
import { describeElements, describeTokens } from './elements.mjs';
import { describeEndpoints } from './endpoints.mjs';
import { describeManifest, hasExports, listEntries } from './entries.mjs';
import { describeFiles } from './packed.mjs';
import { describeCommands, describeMetrics } from './server.mjs';

/**
 * All that a built package publishes, as texts that are the same on every machine.
 *
 * @param {string} folder of the package
 * @param {string[]} paths of what is published
 * @returns {Promise<Record<string, string>>} by the name of its snapshot
 */
export async function describePackage(folder, paths) {
  const manifest = readJson(join(folder, 'package.json'));
  const entries = listEntries(folder, manifest);
  const typed = entries.filter(({ types }) => types !== null && hasExports(types));
  const declarations = await describeDeclarations(
    Object.fromEntries(typed.map(({ name, types }) => [toFileName(name), types])),
  );
  const texts = { entries: describeManifest(entries, manifest), files: describeFiles(paths) };
  for (const [name, text] of Object.entries(declarations)) texts[`${name}.api`] = text;
  const built = (file) => join(folder, 'dist', file);
  if (existsSync(built('openapi.json'))) {
    texts.endpoints = describeEndpoints(readJson(built('openapi.json')));
  }
  if (existsSync(built('custom-elements.json'))) {
    texts.elements = describeElements(readJson(built('custom-elements.json')));
    texts.tokens = describeTokens(readJson(built('design-tokens.json')));
  }
  if (existsSync(built('cli.js'))) {
    texts.commands = describeCommands(folder);
    texts.metrics = await describeMetrics(folder);
  }
  return texts;
}

/** `.` → `index`, `./contract` → `contract`. */
function toFileName(entry) {
  return entry === '.' ? 'index' : entry.slice(2).replaceAll('/', '-');
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
