import type { TrendGroup, TrendGrouping, TrendRanking } from '../contract/trends.js';
import { getOrAddFigures, sumFigures, CallFigures } from '../aggregates/model/call-figures.js';
import { computeTotalTokens, readCost, readCredits } from '../aggregates/model/totals.js';
import type { FigureParts, RangeFigures } from '../aggregates/store/range-figures.js';
import { compareText } from '../values/compare-text.js';
import { modelKeyFromText, type ModelKey } from '../values/model-key.js';
import type { DescribeProjects } from './project-info.js';
import type { DescribeProviders } from './provider-info.js';

/** How the buckets of a trend are broken down. */
export interface GroupQuery {
  by: TrendGrouping;
  /** Groups besides the rest, from 1. */
  top: number;
  /** The figure of the whole range by which the largest are chosen. */
  rankBy: TrendRanking;
}

/** Finds the host's names. */
export interface GroupNames {
  describe: DescribeProjects;
  describeProviders: DescribeProviders;
}

/** A group of the whole range. */
export interface FigureGroup extends Omit<TrendGroup, 'totals'> {
  figures: CallFigures;
}

/** The groups of a trend, and of each of its buckets in the same order. */
export interface GroupedFigures {
  groups: readonly FigureGroup[];
  buckets: readonly (readonly CallFigures[])[];
}

/** The key of the rest. */
const OTHER = 'other';

/** The parts of figures that a grouping is made from. */
export function selectGroupParts({ by }: GroupQuery): FigureParts {
  return by === 'project' ? { projects: true } : { models: true };
}

/**
 * Breaks buckets down into the largest groups of the whole range and the rest. Every call is in exactly one group, so that
 * groups add up to their bucket, and each group's buckets to the group.
 *
 * @param buckets figures with the parts of {@link selectGroupParts}
 */
export async function groupBuckets(
  names: GroupNames,
  buckets: readonly RangeFigures[],
  query: GroupQuery,
): Promise<GroupedFigures> {
  const found = buckets.map((figures) => foldGroups(figures, query.by));
  const sums = sumByKey(found);
  const largest = rankKeys(sums, query);
  const hasRest = sums.size > largest.length;
  const cut = found.map((groups) => cutGroups(groups, largest, hasRest));
  const nameOf = await findNames(names, largest, query.by);
  const ofIndex = (index: number): CallFigures =>
    sumFigures(cut.flatMap((all) => all[index] ?? []));
  const groups = largest.map((key, index) => ({
    ...{ key, name: nameOf(key), isOther: false, figures: ofIndex(index) },
  }));
  const rest = { key: OTHER, name: null, isOther: true, figures: ofIndex(largest.length) };
  return { groups: hasRest ? [...groups, rest] : groups, buckets: cut };
}

/** The figures of a bucket by the key of their group. */
function foldGroups(
  { projects, models }: RangeFigures,
  by: TrendGrouping,
): ReadonlyMap<string, CallFigures> {
  if (by === 'project') return projects;
  const groups = new Map<string, CallFigures>();
  for (const [text, figures] of models) {
    getOrAddFigures(groups, toGroupKey(modelKeyFromText(text), by)).add(figures);
  }
  return groups;
}

/** A model is one group, however many providers served it, as it is one item of the list of models. */
function toGroupKey(
  { provider, model, type }: ModelKey,
  by: Exclude<TrendGrouping, 'project'>,
): string {
  if (by === 'model') return model;
  return by === 'provider' ? provider : type;
}

function sumByKey(
  buckets: readonly ReadonlyMap<string, CallFigures>[],
): ReadonlyMap<string, CallFigures> {
  const sums = new Map<string, CallFigures>();
  for (const groups of buckets) {
    for (const [key, figures] of groups) getOrAddFigures(sums, key).add(figures);
  }
  return sums;
}

/** The keys of the largest groups, the largest first. Of those alike the one with more calls, then the first by name. */
function rankKeys(
  sums: ReadonlyMap<string, CallFigures>,
  { top, rankBy }: GroupQuery,
): readonly string[] {
  return [...sums]
    .map(([key, figures]) => ({ key, calls: figures.calls, weight: weigh(figures, rankBy) }))
    .sort(
      (a, b) =>
        compareNumbers(b.weight, a.weight) || b.calls - a.calls || compareText(a.key, b.key),
    )
    .slice(0, top)
    .map(({ key }) => key);
}

/** What is not known weighs less than nothing. */
function weigh(figures: CallFigures, rankBy: TrendRanking): bigint | number {
  switch (rankBy) {
    case 'calls':
      return figures.calls;
    case 'tokens':
      return computeTotalTokens(figures) ?? -1;
    case 'credits':
      return readCredits(figures) ?? -1;
    case 'cost':
      return readCost(figures) ?? -1;
  }
}

function compareNumbers(a: bigint | number, b: bigint | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The figures of the largest groups in their order, empty ones for those without a call here, then of the rest. */
function cutGroups(
  groups: ReadonlyMap<string, CallFigures>,
  largest: readonly string[],
  hasRest: boolean,
): readonly CallFigures[] {
  const shown = largest.map((key) => groups.get(key) ?? new CallFigures());
  if (!hasRest) return shown;
  const isShown = new Set(largest);
  const rest = [...groups].flatMap(([key, figures]) => (isShown.has(key) ? [] : [figures]));
  return [...shown, sumFigures(rest)];
}

async function findNames(
  { describe, describeProviders }: GroupNames,
  keys: readonly string[],
  by: TrendGrouping,
): Promise<(key: string) => string | null> {
  if (by !== 'project' && by !== 'provider') return () => null;
  const known = keys.filter((key) => key !== '');
  const described = by === 'project' ? await describe(known) : await describeProviders(known);
  return (key) => described.get(key)?.name ?? null;
}
