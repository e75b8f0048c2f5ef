import {
  ConsecutiveBreaker,
  TimeoutStrategy,
  circuitBreaker,
  handleAll,
  timeout,
  wrap,
} from 'cockatiel';
import type { Project } from '../contract/common.js';
import { createNamelessProject } from '../values/nameless-project.js';
import { toSafeLink } from '../values/safe-link.js';
import { toShownText } from '../values/shown-text.js';
import type { Logger } from '../runtime/logger.js';
import type { ProjectDirectory } from './project-directory.js';

/** Finds names, logos and links of projects; null where the host knows none. */
export type DescribeProjects = (appDids: readonly string[]) => Promise<Map<string, Project>>;

/** How long a directory may take, milliseconds. */
const TIMEOUT_MS = 2000;
/** Consecutive failures after which the directory is not called for {@link OPEN_MS}, because requests wait for each. */
const FAILURES_TO_OPEN = 3;
const OPEN_MS = 5000;
const MAX_NAME_LENGTH = 255;

/** Calls the host's directory of projects. When it fails, hangs or returns no list, projects are shown without names. */
export function createProjectDescriber(
  directory: ProjectDirectory | null,
  logger: Logger,
): DescribeProjects {
  const policy = wrap(
    circuitBreaker(handleAll, {
      halfOpenAfter: OPEN_MS,
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
    }),
    timeout(TIMEOUT_MS, TimeoutStrategy.Aggressive),
  );
  return async (appDids) => {
    const projects = new Map<string, Project>(
      appDids.map((appDid) => [appDid, createNamelessProject(appDid)]),
    );
    if (directory === null || appDids.length === 0) return projects;
    try {
      const infos: unknown = await policy.execute(async () => await directory([...appDids]));
      describeAll(projects, infos);
    } catch (error) {
      logger.warn('The projects option failed; projects are shown by their DID', { error });
    }
    return projects;
  };
}

/** @throws TypeError when the host returns no list; an iterator of the host's might have no end */
function describeAll(projects: ReadonlyMap<string, Project>, infos: unknown): void {
  if (!Array.isArray(infos)) throw new TypeError('projects must return a list');
  for (const info of infos as readonly unknown[]) {
    if (typeof info !== 'object' || info === null) continue;
    const { appDid, name, logoUrl, url } = info as Record<string, unknown>;
    const project = typeof appDid === 'string' ? projects.get(appDid) : undefined;
    if (!project) continue;
    project.name =
      typeof name === 'string' && name !== '' ? toShownText(name, MAX_NAME_LENGTH) : null;
    project.logoUrl = toSafeLink(logoUrl);
    project.url = toSafeLink(url);
  }
}
