import { UsageError } from '../errors.js';
import type { AlertScope } from '../contract/alerts.js';
import type { Rule } from './model/alert-rule.js';

/** Projects that a caller may see; `null`: all. */
export type VisibleProjects = readonly string[] | null;

/** Whether a caller may see rules of a scope: one who is limited to projects, those of these projects. */
export function isVisible(scope: AlertScope, projects: VisibleProjects): boolean {
  return projects === null || (scope.kind === 'project' && projects.includes(scope.appDid));
}

/** Checks that a caller may write a rule of a scope. @throws UsageError `PROJECT_FORBIDDEN` */
export function requireVisible(scope: AlertScope, projects: VisibleProjects): void {
  if (isVisible(scope, projects)) return;
  throw new UsageError('PROJECT_FORBIDDEN', 'The token is for rules of its projects alone.');
}

/**
 * Finds a rule that a caller may see.
 *
 * @throws UsageError `RULE_NOT_FOUND`, the same for another user's rule as for one that does not exist
 */
export function requireRule(
  rules: readonly Rule[],
  ruleId: string,
  { projects, kind }: { projects: VisibleProjects; kind?: Rule['kind'] | undefined },
): Rule {
  const rule = rules.find(({ id }) => id === ruleId);
  const isFound = rule && isVisible(rule.scope, projects);
  if (isFound && (kind === undefined || rule.kind === kind)) return rule;
  throw new UsageError('RULE_NOT_FOUND', `You have no rule "${ruleId}".`);
}
