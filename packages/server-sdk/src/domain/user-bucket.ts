import { CallFigures, figuresOf, sumFigures, type CountedCall } from './call-figures.js';
import type { InParts } from './in-parts.js';
import { ALL_MODELS, ProjectsWriter, packIds, packModels, readProjects } from './packed-figures.js';
import { PackedWriter } from './packed-text.js';

/** Figures by the number of a model. */
export type ModelFigures = Map<number, CallFigures>;
/** A project's figures. */
export type ProjectFigures = readonly [projectId: number, models: ModelFigures];

/**
 * One user's calls of one bucket, by project and model. Everything else of the bucket is their sum, so its parts add up
 * to its whole by construction.
 */
export class UserBucket {
  readonly projects = new Map<number, ModelFigures>();

  addCall(projectId: number, modelId: number, call: CountedCall): void {
    figuresOf(this.modelsOf(projectId), modelId).addCall(call);
  }

  /** Adds a cell of projects by model, e.g. that of an hour. */
  addCell(text: string): void {
    readProjects(text, (projectId, lastMs) => {
      const models = this.modelsOf(projectId);
      return (modelId) => withNewest(figuresOf(models, modelId), lastMs);
    });
  }

  /** Adds another bucket. */
  add(other: UserBucket): void {
    for (const [projectId, models] of other.projects) {
      const whole = this.modelsOf(projectId);
      for (const [modelId, figures] of models) figuresOf(whole, modelId).add(figures);
    }
  }

  /** Its projects, ascending. */
  [Symbol.iterator](): Iterator<ProjectFigures> {
    return [...this.projects].sort(([a], [b]) => a - b)[Symbol.iterator]();
  }

  modelsOf(projectId: number): ModelFigures {
    const known = this.projects.get(projectId);
    if (known) return known;
    const models: ModelFigures = new Map();
    this.projects.set(projectId, models);
    return models;
  }

  /** The sum of all; a part is a project. */
  *sum(): InParts<CallFigures> {
    const total = new CallFigures();
    for (const parts of this.projects.values()) {
      for (const figures of parts.values()) total.add(figures);
      yield;
    }
    return total;
  }

  /** Sums by model over all projects; a part is a project. */
  *sumByModel(): InParts<ModelFigures> {
    const models: ModelFigures = new Map();
    for (const parts of this.projects.values()) {
      for (const [modelId, figures] of parts) figuresOf(models, modelId).add(figures);
      yield;
    }
    return models;
  }
}

/** A row of `model_call_stats`. */
export interface UserRow {
  figures: CallFigures;
  /** `null` where the projects' cell is read instead. */
  models: string | null;
  appIds: string;
  projects: string;
}

/** A row of `model_call_project_stats`. */
export interface ProjectRow {
  projectId: number;
  lastStartedAtMs: number;
  models: string;
}

/** The rows of a user's bucket; a bucket without calls has none. */
export interface BucketRows {
  user: UserRow | null;
  projects: ProjectRow[];
}

/** A cell of projects that is no longer is read as fast as one of models, and is kept alone. */
const SHORT_CELL = 1500;

/** The one row of an hour: its projects are a cell by model. @param bucketMs start of the hour */
export function* hourRows(bucketMs: number, bucket: UserBucket): InParts<BucketRows> {
  const writer = new PackedWriter();
  const cell = new ProjectsWriter(bucketMs);
  for (const [projectId, models] of bucket) {
    cell.add(projectId, newestOf(models.values(), bucketMs), models);
    yield;
  }
  const projects = cell.take();
  const isShort = projects.length <= SHORT_CELL;
  const user = {
    figures: yield* bucket.sum(),
    models: isShort ? null : packModels(yield* bucket.sumByModel(), writer),
    appIds: packIds(bucket.projects.keys(), writer),
    projects,
  };
  return { user, projects: [] };
}

/**
 * The rows of a day or month: all projects, whose cell is without models, and each project with its models.
 *
 * @param projects ascending; none is held longer than it takes to add it
 */
export function* coarseRows(
  bucketMs: number,
  projects: Iterable<ProjectFigures>,
): InParts<BucketRows> {
  const writer = new PackedWriter();
  const cell = new ProjectsWriter(bucketMs);
  const byModel: ModelFigures = new Map();
  const rows: ProjectRow[] = [];
  for (const [projectId, models] of projects) {
    const figures = sumFigures(models.values());
    const lastStartedAtMs = figures.lastStartedAtMs ?? bucketMs;
    cell.add(projectId, lastStartedAtMs, new Map([[ALL_MODELS, figures]]));
    rows.push({ projectId, lastStartedAtMs, models: packModels(models, writer) });
    for (const [modelId, part] of models) figuresOf(byModel, modelId).add(part);
    yield;
  }
  const user = {
    figures: sumFigures(byModel.values()),
    models: packModels(byModel, writer),
    appIds: packIds(
      rows.map(({ projectId }) => projectId),
      writer,
    ),
    projects: cell.take(),
  };
  return { user, projects: rows };
}

function newestOf(parts: Iterable<CallFigures>, otherwiseMs: number): number {
  let newestMs = otherwiseMs;
  for (const { lastStartedAtMs } of parts) newestMs = Math.max(newestMs, lastStartedAtMs ?? 0);
  return newestMs;
}

/** Figures with the newest start of their project, which a cell keeps instead of theirs. */
export function withNewest(figures: CallFigures, startedAtMs: number): CallFigures {
  if (figures.lastStartedAtMs === null || startedAtMs > figures.lastStartedAtMs) {
    figures.lastStartedAtMs = startedAtMs;
  }
  return figures;
}
