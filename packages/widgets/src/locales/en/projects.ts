import { defineMessages } from '../define-messages.js';

/** The project list and a project’s header. */
export const projectMessages = /* @__PURE__ */ defineMessages({
  copied: 'Copied',
  unassignedProject: 'Unassigned',
  projects: 'Projects',
  project: 'Project',
  lastCall: 'Last call',
  overTime: 'Over time',
  searchProjects: 'Search projects',
  searchProjectsHint: 'Name or DID',
  projectsEmptyTitle: 'No projects in this range',
  projectsEmptyText: 'A project appears here after its first call.',
  projectsNoMatchTitle: 'No matching projects',
  projectsNoMatchText: 'No projects match “{search}”.',
  copyId: 'Copy ID {id}',
});
