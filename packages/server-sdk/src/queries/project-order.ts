import type { Project } from '../contract/common.js';
import type { SortOrder } from '../contract/query-params.js';
import type { ProjectSort } from '../contract/projects.js';
import {
  averageDurationMs,
  readCost,
  readCredits,
  p95DurationMs,
  computeTotalTokens,
} from '../aggregates/model/totals.js';
import type { CallFigures } from '../aggregates/model/call-figures.js';

/** A project of the list and its figures. */
export interface ProjectCandidate {
  project: Project;
  figures: CallFigures;
}

/**
 * Sorts projects. Unknown values come last in both directions; projects with equal values are in the order of their DIDs, so
 * that pages are stable.
 */
export function sortProjects(
  candidates: readonly ProjectCandidate[],
  sortBy: ProjectSort,
  sortOrder: SortOrder,
): ProjectCandidate[] {
  const direction = sortOrder === 'asc' ? 1 : -1;
  // Once for each project, because a percentile is read from a sketch.
  const keyed = candidates.map((candidate) => ({
    candidate,
    value: getSortValue(candidate, sortBy),
  }));
  keyed.sort((a, b) => {
    const order = compareKnown(a.value, b.value, direction);
    return order !== 0 ? order : compareDids(a.candidate.project, b.candidate.project);
  });
  return keyed.map(({ candidate }) => candidate);
}

function compareDids(a: Project, b: Project): number {
  return a.appDid < b.appDid ? -1 : a.appDid > b.appDid ? 1 : 0;
}

/** A value that projects are sorted by; `null` where it is not known. */
type Value = string | number | bigint | null;

function compareKnown(a: Value, b: Value, direction: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'string' && typeof b === 'string') return direction * collator.compare(a, b);
  // Not by a difference: a large amount of credits is a bigint.
  return direction * (a < b ? -1 : a > b ? 1 : 0);
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

function getSortValue({ project, figures }: ProjectCandidate, sortBy: ProjectSort): Value {
  switch (sortBy) {
    case 'name':
      return project.name ?? project.appDid;
    case 'calls':
      return figures.calls;
    case 'tokens':
      return computeTotalTokens(figures);
    case 'credits':
      return readCredits(figures);
    case 'cost':
      return readCost(figures);
    case 'successRate':
      return successRate(figures);
    case 'averageDuration':
      return averageDurationMs(figures);
    case 'p95Duration':
      return p95DurationMs(figures);
    case 'lastCall':
      return figures.lastStartedAtMs;
  }
}

function successRate({ successfulCalls, failedCalls }: CallFigures): number | null {
  const finished = successfulCalls + failedCalls;
  return finished === 0 ? null : successfulCalls / finished;
}
