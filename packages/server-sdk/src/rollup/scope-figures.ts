import { addFigures, zeroFigures } from '../domain/call-figures.js';
import type { ProjectModelFigures, ScopeFigures } from '../stores/rollup-build-store.js';

/**
 * The figures of every scope that calls count in, from their figures by user, project and model: the user, each
 * project, each model, and each model within a project.
 */
export function toScopes(parts: readonly ProjectModelFigures[]): ScopeFigures[] {
  const scopes = new Map<string, ScopeFigures>();
  for (const { userDid, appDid, modelKey, figures } of parts) {
    addTo(scopes, { userDid, scope: 'user', appDid: null, modelKey: null }, figures);
    addTo(scopes, { userDid, scope: 'project', appDid, modelKey: null }, figures);
    addTo(scopes, { userDid, scope: 'userModel', appDid: null, modelKey }, figures);
    addTo(scopes, { userDid, scope: 'projectModel', appDid, modelKey }, figures);
  }
  return [...scopes.values()];
}

/** Sums figures of the same scope and key, e.g. those of many hours. */
export function sumScopes(parts: Iterable<ScopeFigures>): ScopeFigures[] {
  const scopes = new Map<string, ScopeFigures>();
  for (const { figures, ...key } of parts) addTo(scopes, key, figures);
  return [...scopes.values()];
}

/** Names one row of a bucket. */
export function scopeKey(key: Omit<ScopeFigures, 'figures'>): string {
  return JSON.stringify([key.userDid, key.scope, key.appDid, key.modelKey]);
}

function addTo(
  scopes: Map<string, ScopeFigures>,
  key: Omit<ScopeFigures, 'figures'>,
  figures: ScopeFigures['figures'],
): void {
  const name = scopeKey(key);
  const whole = scopes.get(name) ?? { ...key, figures: zeroFigures() };
  addFigures(whole.figures, figures);
  scopes.set(name, whole);
}
