import { readFile } from 'node:fs/promises';
import type { Plugin, PluginBuild } from 'esbuild';
import ts from 'typescript';

/**
 * Takes what only people need out of `css` and `html` templates: esbuild minifies code and leaves strings alone.
 *
 * Styles go through esbuild's own CSS minifier. In markup a line break with its indentation becomes one space, or none
 * at the end of a tag, which renders the same; nothing else is touched.
 */
export function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    setup(build) {
      build.onLoad({ filter: /[\\/]widgets[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
        contents: await minify(build, path, await readFile(path, 'utf8')),
        loader: 'ts',
      }));
    },
  };
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

async function minify(build: PluginBuild, path: string, source: string): Promise<string> {
  const edits: Edit[] = [];
  const pending: Promise<void>[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node)) {
      const tag = node.tag.getText();
      if (tag === 'css') pending.push(minifyCss(build, node.template, edits));
      if (tag === 'html' || tag === 'svg') edits.push(...minifyMarkup(node.template));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true));
  await Promise.all(pending);
  edits.sort((a, b) => b.start - a.start);
  return edits.reduce(
    (text, { start, end, text: replacement }) =>
      text.slice(0, start) + replacement + text.slice(end),
    source,
  );
}

async function minifyCss(
  build: PluginBuild,
  template: ts.TemplateLiteral,
  edits: Edit[],
): Promise<void> {
  if (!ts.isNoSubstitutionTemplateLiteral(template)) return;
  const { code } = await build.esbuild.transform(template.text, { loader: 'css', minify: true });
  const text = code.trim().replaceAll('\\', '\\\\').replaceAll('`', '\\`');
  edits.push({ start: template.getStart() + 1, end: template.getEnd() - 1, text });
}

function minifyMarkup(template: ts.TemplateLiteral): Edit[] {
  const parts = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template]
    : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
  return parts.map((part) => ({
    start: part.getStart(),
    end: part.getEnd(),
    text: part
      .getText()
      .replace(/\s*\n\s*/g, ' ')
      .replaceAll(' >', '>'),
  }));
}
