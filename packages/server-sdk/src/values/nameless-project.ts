import type { Project } from '../contract/common.js';

/** Makes a project that the host knows nothing of. */
export function createNamelessProject(appDid: string): Project {
  return { appDid, name: null, logoUrl: null, url: null };
}
