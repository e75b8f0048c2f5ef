import type { ProjectItem, ProjectSort, SortOrder } from '../contract/index.js';

/**
 * Order of the project list. What is not known comes last in both directions; equal projects are in the order of their
 * DIDs, so that pages never shuffle.
 */
export function compareProjects(
  sortBy: ProjectSort,
  sortOrder: SortOrder,
): (a: ProjectItem, b: ProjectItem) => number {
  const direction = sortOrder === 'asc' ? 1 : -1;
  return (a, b) => {
    const order = compareKnown(valueOf(a, sortBy), valueOf(b, sortBy), direction);
    return order !== 0 ? order : a.appDid < b.appDid ? -1 : a.appDid > b.appDid ? 1 : 0;
  };
}

function compareKnown(
  a: string | number | null,
  b: string | number | null,
  direction: number,
): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'string' && typeof b === 'string') return direction * collator.compare(a, b);
  return direction * (Number(a) - Number(b));
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

function valueOf(item: ProjectItem, sortBy: ProjectSort): string | number | null {
  const { totals } = item;
  switch (sortBy) {
    case 'name':
      return item.name ?? item.appDid;
    case 'calls':
      return totals.calls;
    case 'tokens':
      return totals.totalTokens;
    case 'credits':
      return Number(totals.credits);
    case 'successRate':
      return totals.successRate;
    case 'averageDuration':
      return totals.averageDurationMs;
    case 'p95Duration':
      return totals.p95DurationMs;
    case 'lastCall':
      return Date.parse(item.lastCallAt);
  }
}
