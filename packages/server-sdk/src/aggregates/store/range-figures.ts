import type { CallType } from '../../contract/common.js';
import { CallFigures, getOrAddFigures } from '../model/call-figures.js';
import type { TimeRange } from '../../values/time.js';
import type { CallRow } from './call-rows.js';

/** The selected parts of a range's figures; the others are not read. */
export interface FigureParts {
  total?: boolean;
  /** By model: its key's text. */
  models?: boolean;
  /** By type of call; also the keys of the models, without their figures. */
  types?: boolean;
  /** By project: its DID. Not for a query of one project. */
  projects?: boolean;
  /** DIDs of the projects, without their figures. Not for a query of one project. */
  activeProjects?: boolean;
}

/** A range and the selected parts of its figures. */
export interface FigureRange extends TimeRange {
  parts: FigureParts;
}

/** A user's figures of a range; parts that were not selected are empty. */
export interface RangeFigures {
  total: CallFigures;
  models: Map<string, CallFigures>;
  types: Map<CallType, CallFigures>;
  projects: Map<string, CallFigures>;
  activeModels: Set<string>;
  activeProjects: Set<string>;
}

/** Which figures of a user to read. */
export interface FigureQuery {
  /** One project, or `null` for all of the user's. */
  appDid: string | null;
  /** Ascending, none overlapping another. */
  ranges: readonly FigureRange[];
}

/** The figures of a range without calls. */
export function createRangeFigures(): RangeFigures {
  return {
    total: new CallFigures(),
    models: new Map(),
    types: new Map(),
    projects: new Map(),
    activeModels: new Set(),
    activeProjects: new Set(),
  };
}

/** Adds a call to the selected parts of its range. */
export function addCall(figures: RangeFigures, parts: FigureParts, call: CallRow): void {
  if (parts.total) figures.total.addCall(call);
  if (parts.models) getOrAddFigures(figures.models, call.modelKey).addCall(call);
  if (parts.types) {
    getOrAddFigures(figures.types, call.type).addCall(call);
    figures.activeModels.add(call.modelKey);
  }
  if (parts.projects) getOrAddFigures(figures.projects, call.appDid).addCall(call);
  if (parts.activeProjects) figures.activeProjects.add(call.appDid);
}

/** Index of the last range that starts at or before an instant; the ranges are ascending. */
export function findRangeIndex(ranges: readonly TimeRange[], instantMs: number): number {
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ranges[middle]?.fromMs ?? Infinity) <= instantMs) low = middle;
    else high = middle - 1;
  }
  return low;
}
