/** Runs a callback in a separate task. Not in a frame: a covered window renders one a second or none. */
export function runInTask(run: () => void): number {
  return window.setTimeout(run, 0);
}

/**
 * Runs a callback in a task after the next frame, so that what is rendered now is painted before.
 *
 * @returns takes it back
 */
export function runAfterFrame(run: () => void): () => void {
  let task = 0;
  const frame = requestAnimationFrame(() => {
    task = runInTask(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    cancelTask(task);
  };
}

/** Cancels a callback that has not run yet. */
export function cancelTask(id: number): void {
  window.clearTimeout(id);
}
