import type { Project } from '../contract/common.js';
import type { Logger } from '../runtime/logger.js';
import { createNamelessProject } from '../values/nameless-project.js';
import { toSafeLink } from '../values/safe-link.js';
import { createDescriber, toShownName, type Describe } from './host-directory.js';
import type { ProjectDirectory } from './project-directory.js';

/** Finds names, logos and links of projects; null where the host knows none. */
export type DescribeProjects = Describe<Project>;

/** Calls the host's directory of projects. When it fails, hangs or returns no list, projects are shown without names. */
export function createProjectDescriber(
  directory: ProjectDirectory | null,
  logger: Logger,
): DescribeProjects {
  return createDescriber(
    {
      option: 'projects',
      lookUp: directory,
      idMember: 'appDid',
      createUnknown: createNamelessProject,
      read: (appDid, { name, logoUrl, url }) => ({
        appDid,
        name: toShownName(name),
        logoUrl: toSafeLink(logoUrl),
        url: toSafeLink(url),
      }),
    },
    logger,
  );
}
