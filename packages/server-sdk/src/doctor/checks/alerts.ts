import { countDeadLetters } from '../../alerts/outbox/delivery-report-store.js';
import { listDisabledWebhooks } from '../../alerts/outbox/webhook-store.js';
import { toInstant } from '../../values/time.js';
import { warning, ok, problem, type DoctorCheck, type Finding } from '../doctor-check.js';

/** Deliveries of alerts that were given up, and webhooks that get nothing more. */
export const checkAlerts: DoctorCheck = {
  name: 'alerts',
  needsTables: true,
  run: async ({ database }) => {
    const { dead, unserved } = await countDeadLetters(database);
    const findings: Finding[] = [];
    if (dead > 0) {
      findings.push(problem(`${dead} could not be delivered; see usage-kit alerts deliveries`));
    }
    for (const { id, disabledAtMs } of await listDisabledWebhooks(database)) {
      findings.push(
        problem(
          `the webhook ${id} responded 410 at ${toInstant(disabledAtMs)} and gets nothing more`,
        ),
      );
    }
    if (unserved > 0) {
      findings.push(warning(`${unserved} have channels that no instance serves, as onAlert`));
    }
    return findings.length === 0 ? [ok('none was given up')] : findings;
  },
};
