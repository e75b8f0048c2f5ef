import type { CallType } from '../../contract/common.js';
import { CallFigures, getOrAddFigures } from '../model/call-figures.js';
import type { TimeRange } from '../../values/time.js';
import type { CallRow } from './call-rows.js';

/** What of a range's figures is asked for; what is not costs nothing. */
export interface FigureParts {
  total?: boolean;
  /** By model: its key's text. */
  models?: boolean;
  /** By type of call, and the keys of the models alone. */
  types?: boolean;
  /** By project: its DID. Not of one project. */
  projects?: boolean;
  /** DIDs of the projects alone. Not of one project. */
  activeProjects?: boolean;
}

/** A range and what is asked for of it. */
export interface FigureRange extends TimeRange {
  parts: FigureParts;
}

/** A user's figures of a range; what was not asked for is empty. */
export interface RangeFigures {
  total: CallFigures;
  models: Map<string, CallFigures>;
  types: Map<CallType, CallFigures>;
  projects: Map<string, CallFigures>;
  activeModels: Set<string>;
  activeProjects: Set<string>;
}

/** Which figures of a user. */
export interface FigureQuery {
  /** One project, or `null` for all of the user's. */
  appDid: string | null;
  /** Ascending, none overlapping another. */
  ranges: readonly FigureRange[];
}

/** Figures of no call. */
export function emptyFigures(): RangeFigures {
  return {
    total: new CallFigures(),
    models: new Map(),
    types: new Map(),
    projects: new Map(),
    activeModels: new Set(),
    activeProjects: new Set(),
  };
}

/** Adds a call to what is asked for of the range that it is in. */
export function addCall(
  ranges: readonly FigureRange[],
  all: readonly RangeFigures[],
  call: CallRow,
): void {
  const index = indexOfRange(ranges, call.startedAtMs);
  const figures = all[index];
  const parts = ranges[index]?.parts;
  if (!figures || !parts) return;
  if (parts.total) figures.total.addCall(call);
  if (parts.models) getOrAddFigures(figures.models, call.modelKey).addCall(call);
  if (parts.types) {
    getOrAddFigures(figures.types, call.type).addCall(call);
    figures.activeModels.add(call.modelKey);
  }
  if (parts.projects) getOrAddFigures(figures.projects, call.appDid).addCall(call);
  if (parts.activeProjects) figures.activeProjects.add(call.appDid);
}

/** The last range that starts at or before an instant. */
export function indexOfRange(ranges: readonly TimeRange[], instantMs: number): number {
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ranges[middle]?.fromMs ?? Infinity) <= instantMs) low = middle;
    else high = middle - 1;
  }
  return low;
}
