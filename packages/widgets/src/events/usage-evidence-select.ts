import type { AdviceEvidence } from '@usage-kit/server-sdk/contract';

/**
 * Fired when a person opens the calls behind an advice. Cancel it to route yourself instead of following `project-href`:
 * `query` has the filters of the calls as the pages write them (`model`, `status`, `type`, `from`, `to`).
 */
export class UsageEvidenceSelectEvent extends CustomEvent<{
  appDid: string;
  evidence: AdviceEvidence;
  query: string;
}> {
  static readonly eventName = 'usage-evidence-select';

  constructor(evidence: AdviceEvidence, query: string) {
    super(UsageEvidenceSelectEvent.eventName, {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: { appDid: evidence.appDid, evidence, query },
    });
  }
}
