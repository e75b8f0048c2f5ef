/** Runs something in a task of its own. Not in a frame: in a window that is covered those come once a second or never. */
export function runInTask(run: () => void): number {
  return window.setTimeout(run, 0);
}

/** Takes back what has not run. */
export function cancelTask(id: number): void {
  window.clearTimeout(id);
}
