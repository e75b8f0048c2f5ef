/** Output and environment of a command. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Shows a line that the next one replaces; without a terminal, one every 5 seconds. Empty: clears it. */
  progress(text: string): void;
  environment: Readonly<Record<string, string | undefined>>;
}

/** Exit codes of commands. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  /** Done, but something needs attention: rejected records, differences, a rollup that lags. */
  attention: 3,
} as const;

/** A wrong command line; the message names the part at fault. */
export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
}
