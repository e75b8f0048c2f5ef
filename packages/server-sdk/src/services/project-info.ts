import type { Project } from '../contract/common.js';
import type { Logger } from '../ports/logger.js';
import type { ProjectDirectory } from '../ports/project-directory.js';

/**
 * What the host knows of projects. A directory that fails costs the names, not the figures.
 *
 * @returns a project for each DID, nameless where the host knows none
 */
export async function describeProjects(
  directory: ProjectDirectory | null,
  logger: Logger,
  appDids: readonly string[],
): Promise<Map<string, Project>> {
  const projects = new Map<string, Project>(
    appDids.map((appDid) => [appDid, { appDid, name: null, logoUrl: null, url: null }]),
  );
  if (directory === null || appDids.length === 0) return projects;
  try {
    for (const info of await directory(appDids)) {
      const project = projects.get(info.appDid);
      if (!project) continue;
      project.name = typeof info.name === 'string' && info.name !== '' ? info.name : null;
      project.logoUrl = webUrl(info.logoUrl);
      project.url = webUrl(info.url);
    }
  } catch (error) {
    logger.warn('The projects option failed; projects are shown by their DID', { error });
  }
  return projects;
}

/** One project's description. */
export async function describeProject(
  directory: ProjectDirectory | null,
  logger: Logger,
  appDid: string,
): Promise<Project> {
  const projects = await describeProjects(directory, logger, [appDid]);
  return projects.get(appDid) ?? { appDid, name: null, logoUrl: null, url: null };
}

/** `http(s)` links only: a `javascript:` or `data:` link would run in the page that shows it. */
export function webUrl(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  return /^https?:$/.test(new URL(value).protocol) ? value : null;
}
