import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';

/** axe, as its script puts it on the page. */
declare const axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with every violation that axe finds; axe runs the rules of WCAG 2.2 only when they are named. */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations, passes } = await axe.run(element, {
    runOnly: { type: 'tag', values: TAGS },
    resultTypes: ['violations'],
  });
  if (passes.length === 0) throw new Error('axe looked at nothing');
  if (violations.length === 0) return;
  const lines = violations.flatMap(({ id, help, nodes }) => [
    `${id}: ${help}`,
    ...nodes.map(({ target, failureSummary }) => `  ${target.join(' ')} ${failureSummary ?? ''}`),
  ]);
  throw new Error(lines.join('\n'));
}
