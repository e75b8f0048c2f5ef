/** Makes the custom-elements manifest of the package and lists public names without a description. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';

/** Members of the base class or of Lit that no page sets or calls. */
const NOT_PUBLIC = new Set([
  'tagName',
  'properties',
  'styles',
  'createRenderRoot',
  'scheduleUpdate',
]);

/** From the first to the last to inherit: the analyzer takes over parts, slots and events from a class described before. */
const BASE_CLASSES = [
  'usage-element',
  'data-element',
  'card-element',
  'choice-card-element',
  'list-card-element',
  'chart-card-element',
  'trend-card-element',
  'rule-card-element',
  'models-card-element',
  'loaded-card-element',
];

/**
 * @param {string} packageRoot
 * @returns {Promise<{ manifest: object, problems: string[] }>}
 */
export async function describeManifest(packageRoot) {
  const tags = readdirSync(join(packageRoot, 'src/elements')).sort();
  const paths = [
    ...BASE_CLASSES.map((name) => `src/base/${name}.ts`),
    'src/context/usage-provider.ts',
    ...tags.map((tag) => `src/elements/${tag}/${tag}.ts`),
  ];
  const modules = paths.map((path) =>
    ts.createSourceFile(
      path,
      readFileSync(join(packageRoot, path), 'utf8'),
      ts.ScriptTarget.ES2022,
      true,
    ),
  );
  const manifest = create({
    modules,
    plugins: [...litPlugin(), tagPlugin()],
    context: { dev: false },
  });
  return { manifest, problems: undescribed(manifest) };
}

/** Our classes name their tag in `static tagName` and are registered by a call that the analyzer cannot see. */
function tagPlugin() {
  const tags = new Map();
  return {
    name: 'usage-kit-tags',
    analyzePhase({ ts: typescript, node }) {
      if (!typescript.isClassDeclaration(node)) return;
      const tag = node.members.find((member) => member.name?.getText() === 'tagName');
      if (tag?.initializer !== undefined) tags.set(node.name.getText(), tag.initializer.text);
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const module of customElementsManifest.modules) {
        for (const declaration of module.declarations ?? []) tidy(declaration, tags);
        module.declarations = (module.declarations ?? []).filter(({ kind }) => kind === 'class');
        module.path = module.path.replace(/\.ts$/, '.js');
      }
      customElementsManifest.modules = customElementsManifest.modules.filter(
        ({ declarations }) => declarations.length > 0,
      );
    },
  };
}

/** Leaves what is public, with the tag. */
function tidy(declaration, tags) {
  const tag = tags.get(declaration.name);
  if (tag !== undefined) Object.assign(declaration, { tagName: tag, customElement: true });
  const hidden = new Set(
    (declaration.members ?? [])
      .filter(({ privacy }) => privacy === 'private' || privacy === 'protected')
      .map(({ name }) => name),
  );
  // What `state: true` keeps is no attribute, and what is dispatched is named where it is documented.
  declaration.attributes = declaration.attributes?.filter(
    ({ fieldName }) => !hidden.has(fieldName),
  );
  declaration.events = declaration.events?.filter(({ name }) => name?.startsWith('usage-'));
  declaration.members = declaration.members?.filter(
    ({ name, privacy }) =>
      privacy !== 'private' &&
      privacy !== 'protected' &&
      !name.startsWith('#') &&
      !NOT_PUBLIC.has(name),
  );
}

const LISTS = ['attributes', 'members', 'events', 'slots', 'cssParts', 'cssProperties'];

/** Every name that a page can use and that has no description. */
function undescribed(manifest) {
  return manifest.modules.flatMap(({ declarations }) =>
    declarations.flatMap((declaration) => [
      ...(declaration.description ? [] : [declaration.name]),
      ...LISTS.flatMap((list) =>
        (declaration[list] ?? [])
          .filter(({ description }) => !description)
          .map(({ name }) => `${declaration.name} ${list} ${name}`),
      ),
    ]),
  );
}
