import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeManifest } from '../../scripts/lib/describe-manifest.mjs';

const { manifest, problems } = await describeManifest(
  fileURLToPath(new URL('../..', import.meta.url)),
);
const declarations = manifest.modules.flatMap((module) => module.declarations);
const bases = new Map(declarations.map((declaration) => [declaration.name, declaration]));
const elements = declarations.filter(
  ({ tagName = 'usage-provider' }) => tagName !== 'usage-provider',
);

const names = (list: { name: string }[] = []): string[] => list.map(({ name }) => name);

it('describes every public name', () => {
  expect(problems).toEqual([]);
});

it.each(elements)('$name has the parts, events and slots of its base classes', (element) => {
  for (let base = bases.get(element.superclass?.name ?? ''); base !== undefined;) {
    expect(names(element.cssParts)).toEqual(expect.arrayContaining(names(base.cssParts)));
    expect(names(element.events)).toEqual(expect.arrayContaining(names(base.events)));
    expect(names(element.slots)).toEqual(expect.arrayContaining(names(base.slots)));
    base = bases.get(base.superclass?.name ?? '');
  }
});

it('documents the frame and the switch of a chart at their base classes only', () => {
  const trends = bases.get('UsageTrends');
  expect(trends?.superclass?.name).toBe('TrendCardElement');
  for (const part of ['card', 'skeleton', 'table-toggle', 'tooltip', 'segments']) {
    expect(names(trends?.cssParts)).toContain(part);
  }
  expect(names(bases.get('DataElement')?.cssParts)).not.toContain('table-toggle');
});
