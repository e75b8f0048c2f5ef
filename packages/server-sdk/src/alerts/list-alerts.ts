import type { AlertChannel, Alerts } from '../contract/alerts.js';
import type { Database } from '../db/database.js';
import { readSnapshot } from '../queries/user-snapshot.js';
import type { ListHostRules } from './host-rules.js';
import { listRules } from './list-rules.js';
import { toAlertRule } from './model/rule-response.js';
import { readRuleRecords } from './read-rule-records.js';
import { isVisible, type VisibleProjects } from './rule-access.js';

/** Dependencies of reading rules. */
export interface RuleReadDependencies {
  database: Database;
  /** `null`: the host has no rules. */
  listHostRules: ListHostRules | null;
  /** Where events can go. */
  channels: readonly AlertChannel[];
}

/** Which rules to read, and when. */
export interface RuleQuery {
  projects: VisibleProjects;
  nowMs: number;
}

/** Reads the alert rules of a user with their states and histories. @throws StatementError when the database fails */
export function listAlerts(
  deps: RuleReadDependencies,
  userDid: string,
  { projects, nowMs }: RuleQuery,
): Promise<Alerts> {
  return readSnapshot(deps.database, userDid, nowMs, async ({ transaction, ...snapshot }) => {
    const { freshness, currency } = snapshot;
    const rules = await listRules(deps, transaction, userDid);
    const recordOf = await readRuleRecords(transaction, userDid);
    const items = rules.flatMap((rule) =>
      rule.kind === 'alert' && isVisible(rule.scope, projects)
        ? [toAlertRule(rule, recordOf(rule.id), { nowMs, currency })]
        : [],
    );
    return { items, channels: [...deps.channels], freshness };
  });
}
