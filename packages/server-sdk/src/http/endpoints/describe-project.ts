import type { Project } from '../../contract/common.js';
import { createNamelessProject } from '../../queries/project-info.js';
import type { HandlerDependencies } from '../core/request-context.js';

/** One project as the host describes it; nameless where it knows none. */
export async function describeProject(
  { describe }: HandlerDependencies,
  appDid: string,
): Promise<Project> {
  const projects = await describe([appDid]);
  return projects.get(appDid) ?? createNamelessProject(appDid);
}
