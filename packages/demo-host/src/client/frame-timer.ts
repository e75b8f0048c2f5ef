/** Runs a callback in a task after the next frame: what was set before it is painted first. */
export function runAfterFrame(run: () => void): void {
  requestAnimationFrame(() => {
    setTimeout(run, 0);
  });
}
