import type { AlertScope } from '../../contract/alerts.js';

/** A text that names a scope; no two scopes have the same. */
export function formatScope(scope: AlertScope): string {
  if (scope.kind === 'account') return 'account';
  return scope.kind === 'project' ? `project ${scope.appDid}` : `model ${scope.model}`;
}
