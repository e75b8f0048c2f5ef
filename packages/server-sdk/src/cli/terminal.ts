/** Where a command writes, and what it reads of its surroundings. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** A line that the next one replaces; where no one watches, one now and then. Empty: none any more. */
  progress(text: string): void;
  environment: Readonly<Record<string, string | undefined>>;
}

/** How commands end. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  /** Done, but something needs a look: rejected records, differences, a rollup that lags. */
  attention: 3,
} as const;

/** The command line is wrong; the message says how. */
export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
}
