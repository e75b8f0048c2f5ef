import type { Totals } from '../contract/common.js';
import { figuresOf, toTotals, type CallFigures } from '../domain/call-figures.js';
import { readIds, readModels, readProjects } from '../domain/packed-figures.js';
import type { Grain } from '../domain/range-cover.js';
import type { BucketRows, UserRow } from '../domain/user-bucket.js';

/** What a pre-aggregate sums: a user, a project, a model of the user, a model within a project. */
export type RollupScope = 'user' | 'project' | 'userModel' | 'projectModel';

/** One figure of a bucket that is not what its calls add up to. */
export interface ScopeDifference {
  scope: RollupScope;
  /** Numbers of the project and the model; `null` is "all". */
  projectId: number | null;
  modelId: number | null;
  /** From the calls; `null`: there are none. */
  expected: Totals | null;
  /** As stored; `null`: there is nothing. */
  actual: Totals | null;
}

interface Entry {
  scope: RollupScope;
  projectId: number | null;
  modelId: number | null;
  figures: CallFigures;
}

/** Compares the rows that a user's bucket should have with those it has, figure by figure. */
export function compareRows(
  grain: Grain,
  expected: BucketRows,
  actual: BucketRows,
): ScopeDifference[] {
  const wanted = entriesOf(grain, expected);
  const stored = entriesOf(grain, actual);
  const differences: ScopeDifference[] = [];
  for (const [key, entry] of wanted) {
    const found = stored.get(key);
    stored.delete(key);
    if (found && fingerprint(found.figures) === fingerprint(entry.figures)) continue;
    const { figures, ...place } = entry;
    differences.push({
      ...place,
      expected: toTotals(figures),
      actual: found ? toTotals(found.figures) : null,
    });
  }
  for (const { figures, ...place } of stored.values()) {
    differences.push({ ...place, expected: null, actual: toTotals(figures) });
  }
  return differences;
}

/** Everything that rows hold, by where it is held: what is stored twice is compared twice. */
function entriesOf(grain: Grain, { user, projects }: BucketRows): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const put = (place: string, entry: Entry): void => {
    entries.set(`${place} ${entry.projectId} ${entry.modelId}`, entry);
  };
  if (user !== null) {
    put('row', { scope: 'user', projectId: null, modelId: null, figures: user.figures });
    putModels(user.models ?? '', null, null, put);
    putProjects(grain, user, put);
  }
  for (const { projectId, lastStartedAtMs, models } of projects) {
    putModels(models, projectId, lastStartedAtMs, put);
  }
  return entries;
}

type Put = (place: string, entry: Entry) => void;

function putModels(
  text: string,
  projectId: number | null,
  lastStartedAtMs: number | null,
  put: Put,
): void {
  const models = new Map<number, CallFigures>();
  readModels(text, (id) => figuresOf(models, id));
  const scope = projectId === null ? 'userModel' : 'projectModel';
  for (const [modelId, figures] of models) {
    figures.lastStartedAtMs = lastStartedAtMs;
    put('models', { scope, projectId, modelId, figures });
  }
}

function putProjects(grain: Grain, { projects, appIds }: UserRow, put: Put): void {
  const ids = new Set<number>();
  readIds(appIds, ids);
  const named = new Set<number>();
  readProjects(projects, (projectId, lastMs) => {
    named.add(projectId);
    const models = new Map<number, CallFigures>();
    return (modelId) => {
      const figures = figuresOf(models, modelId);
      figures.lastStartedAtMs = lastMs;
      const place = grain === 'hour' ? { scope: 'projectModel' as const, modelId } : PROJECT;
      put('projects', { ...place, projectId, figures });
      return figures;
    };
  });
  // Every project is in both cells.
  for (const id of ids) {
    if (named.has(id)) continue;
    const figures = figuresOf(new Map<number, CallFigures>(), id);
    put('ids', { ...PROJECT, projectId: id, figures });
  }
}

const PROJECT = { scope: 'project' as const, modelId: null };

/** Everything that is stored of figures, as text. */
function fingerprint({ durations, credits, ...numbers }: CallFigures): string {
  return JSON.stringify([durations.toText(), credits.toString(), Object.entries(numbers).sort()]);
}
