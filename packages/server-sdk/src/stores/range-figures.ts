import type { CallType } from '../contract/common.js';
import { CallFigures } from '../domain/call-figures.js';
import type { TimeRange } from '../domain/time.js';
import type { CallRow } from './call-rows.js';
import type { FigureWant } from './stats-rows.js';

/** A range and what is wanted of it. */
export interface WantedRange extends TimeRange {
  want: FigureWant;
  /** Leaves archived calls out. */
  isKeptOnly?: boolean;
}

/** A user's figures of a range; what was not wanted is empty. */
export interface RangeFigures {
  total: CallFigures;
  models: Map<string, CallFigures>;
  types: Map<CallType, CallFigures>;
  projects: Map<string, CallFigures>;
  activeModels: Set<string>;
  activeProjects: Set<string>;
}

/** Whose figures, of which ranges. */
export interface FigureQuery {
  /** One project, or `null` for all of the user's; of one project neither `projects` nor `activeProjects`. */
  appDid: string | null;
  /** Ascending, none overlapping another. */
  ranges: readonly WantedRange[];
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

/** Figures that may be added to with {@link FiguresAdder} and leave the given ones as they are. */
export function copyFigures(all: readonly RangeFigures[]): RangeFigures[] {
  return all.map((figures) => ({
    total: figures.total.clone(),
    models: new Map(figures.models),
    types: new Map(figures.types),
    projects: new Map(figures.projects),
    activeModels: new Set(figures.activeModels),
    activeProjects: new Set(figures.activeProjects),
  }));
}

/** Prepares figures that answers are made of again and again. @returns about how many characters they take in memory */
export function settleFigures(all: readonly RangeFigures[]): number {
  let size = 0;
  for (const { total, models, types, projects, activeModels, activeProjects } of all) {
    size += RANGE_SIZE;
    for (const groups of [[total], models.values(), types.values(), projects.values()]) {
      for (const figures of groups) {
        figures.settle();
        size += FIGURES_SIZE + figures.durations.length;
      }
    }
    size += (activeModels.size + activeProjects.size) * NAME_SIZE;
  }
  return size;
}

/** Its maps and sets, which are empty for most points of a trend and take memory all the same. */
const RANGE_SIZE = 1500;
const FIGURES_SIZE = 600;
const NAME_SIZE = 60;

/**
 * Adds calls to what is wanted of the range that they are in. Groups are copied before they are changed: they may be those
 * of an answer before.
 */
export class FiguresAdder {
  readonly #own = new Set<CallFigures>();

  /**
   * @param ranges ascending
   * @param all their figures
   */
  constructor(
    readonly ranges: readonly WantedRange[],
    readonly all: readonly RangeFigures[],
  ) {}

  /** Adds one call. */
  addCall(call: CallRow): void {
    const index = indexOfRange(this.ranges, call.startedAtMs);
    const figures = this.all[index];
    const want = this.ranges[index]?.want;
    if (!figures || !want) return;
    if (want.total) figures.total.addCall(call);
    if (want.models) this.#figuresOf(figures.models, call.modelKey).addCall(call);
    if (want.types) {
      this.#figuresOf(figures.types, call.type).addCall(call);
      figures.activeModels.add(call.modelKey);
    }
    if (want.projects) this.#figuresOf(figures.projects, call.appDid).addCall(call);
    if (want.activeProjects) figures.activeProjects.add(call.appDid);
  }

  /** Adds the sums of calls that all are in one range, of which the same is wanted. */
  addSums(index: number, sums: RangeFigures): void {
    const figures = this.all[index];
    if (!figures) return;
    figures.total.add(sums.total);
    this.#addGroups(figures.models, sums.models);
    this.#addGroups(figures.types, sums.types);
    this.#addGroups(figures.projects, sums.projects);
    for (const model of sums.activeModels) figures.activeModels.add(model);
    for (const project of sums.activeProjects) figures.activeProjects.add(project);
  }

  #addGroups<Key>(groups: Map<Key, CallFigures>, parts: ReadonlyMap<Key, CallFigures>): void {
    for (const [key, part] of parts) {
      if (groups.has(key)) this.#figuresOf(groups, key).add(part);
      else groups.set(key, part);
    }
  }

  #figuresOf<Key>(groups: Map<Key, CallFigures>, key: Key): CallFigures {
    const known = groups.get(key);
    if (known && this.#own.has(known)) return known;
    const figures = known?.clone() ?? new CallFigures();
    this.#own.add(figures);
    groups.set(key, figures);
    return figures;
  }
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
