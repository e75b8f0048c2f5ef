/**
 * Runs a callback in a task after the next frame: what a press shows is painted before.
 *
 * @returns takes it back
 */
export function runAfterFrame(run: () => void): () => void {
  let task: ReturnType<typeof setTimeout> | undefined;
  const runInTask = (): void => {
    task = setTimeout(run, 0);
  };
  // A tab that is not shown has no frames.
  const frame = document.visibilityState === 'hidden' ? null : requestAnimationFrame(runInTask);
  if (frame === null) runInTask();
  return () => {
    if (frame !== null) cancelAnimationFrame(frame);
    clearTimeout(task);
  };
}
