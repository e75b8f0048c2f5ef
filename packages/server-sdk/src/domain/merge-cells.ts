import { figuresOf, type CallFigures } from './call-figures.js';
import { ProjectsCursor, readModels } from './packed-figures.js';
import { withNewest, type ModelFigures, type ProjectFigures } from './user-bucket.js';

/**
 * The projects of several cells, ascending, each with the sum of what the cells say of it. One is made at a time: a heavy
 * user's day all at once would be as many objects as the garbage collector takes milliseconds for.
 *
 * @param cells each in ascending order, as they are written
 */
export function* mergeCells(cells: readonly string[]): Generator<ProjectFigures, void, undefined> {
  let cursors = cells.map((cell) => new ProjectsCursor(cell)).filter(({ atEnd }) => !atEnd);
  while (cursors.length > 0) {
    const projectId = Math.min(...cursors.map((cursor) => cursor.projectId));
    const models: ModelFigures = new Map();
    for (const cursor of cursors) {
      if (cursor.projectId !== projectId) continue;
      const { lastStartedAtMs } = cursor;
      cursor.read((modelId) => withNewest(figuresOf(models, modelId), lastStartedAtMs));
      cursor.next();
    }
    cursors = cursors.filter(({ atEnd }) => !atEnd);
    yield [projectId, models];
  }
}

/** The same of days: each is of one project, in no order. */
export function* mergeDays(
  days: readonly (readonly [projectId: number, lastStartedAtMs: number, models: string])[],
): Generator<ProjectFigures, void, undefined> {
  const inOrder = [...days].sort(([a], [b]) => a - b);
  let project: ProjectFigures | null = null;
  for (const [projectId, lastStartedAtMs, cell] of inOrder) {
    if (project?.[0] !== projectId) {
      if (project !== null) yield project;
      project = [projectId, new Map<number, CallFigures>()];
    }
    const [, models] = project;
    readModels(cell, (modelId) => withNewest(figuresOf(models, modelId), lastStartedAtMs));
  }
  if (project !== null) yield project;
}
