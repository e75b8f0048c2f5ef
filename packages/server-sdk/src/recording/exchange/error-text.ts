/** Converts an error to the reason of a failed call; never empty. */
export function toReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text === '' ? 'The call failed without saying why' : text;
}

/** Passes an error to a hook of the host's. One that throws must not reach the work that is recorded. */
export function reportSafely(onError: (error: unknown) => void, error: unknown): void {
  try {
    onError(error);
  } catch {
    // There is no one left to report it to.
  }
}
