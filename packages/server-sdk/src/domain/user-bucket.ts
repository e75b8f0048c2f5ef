import { CallFigures, figuresOf, type CountedCall } from './call-figures.js';
import {
  ALL_MODELS,
  packIds,
  packModels,
  packProjects,
  readProjects,
  type PackedProject,
} from './packed-figures.js';

/** Figures by the number of a model. */
export type ModelFigures = Map<number, CallFigures>;

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

  /** Adds a project's figures by model. */
  addModels(projectId: number, models: ReadonlyMap<number, CallFigures>): void {
    const whole = this.modelsOf(projectId);
    for (const [modelId, figures] of models) figuresOf(whole, modelId).add(figures);
  }

  /** Adds another bucket. */
  add(other: UserBucket): void {
    for (const [projectId, models] of other.projects) this.addModels(projectId, models);
  }

  modelsOf(projectId: number): ModelFigures {
    const known = this.projects.get(projectId);
    if (known) return known;
    const models: ModelFigures = new Map();
    this.projects.set(projectId, models);
    return models;
  }

  /** Sums by model, by project and of all. */
  sum(): { total: CallFigures; models: ModelFigures; projects: Map<number, CallFigures> } {
    const total = new CallFigures();
    const models: ModelFigures = new Map();
    const projects = new Map<number, CallFigures>();
    for (const [projectId, parts] of this.projects) {
      const project = figuresOf(projects, projectId);
      for (const [modelId, figures] of parts) {
        project.add(figures);
        figuresOf(models, modelId).add(figures);
      }
      total.add(project);
    }
    return { total, models, projects };
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
export function hourRows(bucketMs: number, bucket: UserBucket): BucketRows {
  const { total, models } = bucket.sum();
  const packed = new Map<number, PackedProject>();
  for (const [id, parts] of bucket.projects) {
    packed.set(id, { lastStartedAtMs: newestOf(parts.values(), bucketMs), models: parts });
  }
  const projects = packProjects(bucketMs, packed);
  const user = {
    figures: total,
    models: projects.length <= SHORT_CELL ? null : packModels(models),
    appIds: packIds(packed.keys()),
    projects,
  };
  return { user, projects: [] };
}

/** The rows of a day or month: all projects, whose cell is without models, and each project with its models. */
export function coarseRows(bucketMs: number, bucket: UserBucket): BucketRows {
  const { total, models, projects } = bucket.sum();
  const packed = new Map<number, PackedProject>();
  const rows: ProjectRow[] = [];
  for (const [projectId, figures] of projects) {
    const lastStartedAtMs = figures.lastStartedAtMs ?? bucketMs;
    packed.set(projectId, { lastStartedAtMs, models: new Map([[ALL_MODELS, figures]]) });
    rows.push({ projectId, lastStartedAtMs, models: packModels(bucket.modelsOf(projectId)) });
  }
  const user = {
    figures: total,
    models: packModels(models),
    appIds: packIds(packed.keys()),
    projects: packProjects(bucketMs, packed),
  };
  return { user, projects: rows };
}

function newestOf(parts: Iterable<CallFigures>, otherwiseMs: number): number {
  let newestMs = otherwiseMs;
  for (const { lastStartedAtMs } of parts) newestMs = Math.max(newestMs, lastStartedAtMs ?? 0);
  return newestMs;
}

function withNewest(figures: CallFigures, startedAtMs: number): CallFigures {
  if (figures.lastStartedAtMs === null || startedAtMs > figures.lastStartedAtMs) {
    figures.lastStartedAtMs = startedAtMs;
  }
  return figures;
}
