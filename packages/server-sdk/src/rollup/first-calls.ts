/** Notes the start of a project's call, epoch ms, where it is the first. */
export function noteFirst(firsts: Map<number, number>, appId: number, startedAtMs: number): void {
  firsts.set(appId, Math.min(firsts.get(appId) ?? startedAtMs, startedAtMs));
}
