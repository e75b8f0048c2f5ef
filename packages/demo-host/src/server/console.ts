const isTerminal = process.stdout.isTTY;

/** Says something to the person at the terminal. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** A line that is written over while work goes on; in a log file, a line now and then. */
export class Progress {
  readonly #label: string;
  #lastPercent = -1;

  constructor(label: string) {
    this.#label = label;
  }

  /** Shows how far it is: `ratio` from 0 to 1, and what that means. */
  update(ratio: number, text: string): void {
    const percent = Math.floor(ratio * 100);
    const step = isTerminal ? 1 : 25;
    if (percent < this.#lastPercent + step) return;
    this.#lastPercent = percent;
    const line = `  ${this.#label} ${String(percent).padStart(3)} %  ${text}`;
    process.stdout.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
  }

  /** Leaves the last word on the line. */
  finish(text: string): void {
    process.stdout.write(`${isTerminal ? '\r\x1b[K' : ''}  ${this.#label} ${text}\n`);
  }
}
