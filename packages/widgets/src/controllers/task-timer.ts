/** Runs a callback in a separate task. Not in a frame: a covered window renders one a second or none. */
export function runInTask(run: () => void): number {
  return window.setTimeout(run, 0);
}

/** Cancels a callback that has not run yet. */
export function cancelTask(id: number): void {
  window.clearTimeout(id);
}
