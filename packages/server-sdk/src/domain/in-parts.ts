/** Long work that stops for a moment after each part, so that something else may be done between two. */
export type InParts<T> = Generator<undefined, T, undefined>;

/** Does all of it without a stop. */
export function finish<T>(work: InParts<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
