import { toTotals } from '../aggregates/model/totals.js';
import { selectProjects } from '../queries/project-service.js';
import { readSnapshot } from '../queries/user-snapshot.js';
import type { ExportDependencies } from './export-dependencies.js';
import type { ProjectsExport } from './export-query.js';
import type { ExportTable } from './export-table.js';
import { createTable, readParts, toHeader, type FigureRequest } from './figures-table.js';
import { toTotalsValues } from './totals-columns.js';

/** The table of the projects of a range. @throws StatementError when the database fails */
export async function createProjectsTable(
  { database, describe }: ExportDependencies,
  request: FigureRequest<ProjectsExport>,
): Promise<ExportTable> {
  const { userDid, nowMs, query } = request;
  const read = await readSnapshot(database, userDid, nowMs, async (snapshot) => ({
    ...toHeader(snapshot),
    ...(await readParts(snapshot, request, null, [{ ...query.range, parts: { projects: true } }])),
  }));
  const found = await selectProjects(describe, read.parts[0]?.projects ?? new Map(), query);
  return createTable(request, {
    names: [
      { name: 'appDid', type: 'text' },
      { name: 'name', type: 'text' },
      { name: 'lastCallAt', type: 'instant' },
    ],
    rows: found.map(({ project, figures }) => [
      project.appDid,
      project.name,
      figures.lastStartedAtMs,
      ...toTotalsValues(toTotals(figures, read.header.currency)),
    ]),
    figures: found.map(({ figures }) => figures),
    whole: query.search === null ? read.whole : null,
    header: read.header,
  });
}
