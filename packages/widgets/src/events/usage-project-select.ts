import type { Project } from '@usage-kit/server-sdk/contract';

/** Fired when a person opens a project. Cancel it to route yourself instead of following `project-href`. */
export class UsageProjectSelectEvent extends CustomEvent<{ appDid: string; project: Project }> {
  static readonly eventName = 'usage-project-select';

  constructor(project: Project) {
    super(UsageProjectSelectEvent.eventName, {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: { appDid: project.appDid, project },
    });
  }
}
