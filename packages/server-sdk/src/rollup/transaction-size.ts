import type { BucketRows } from '../domain/user-bucket.js';

/** What a row costs beside its cells, as so many characters of them. */
const CHARACTERS_OF_ROW = 50;
/** Before anything is known of the disk. */
const FIRST_CHARACTERS = 150_000;
/** Held in memory until it is written. */
const MOST_CHARACTERS = 300_000;
/** A commit has its price whatever is in it: below this, more of them would keep others waiting longer in all. */
const FEWEST_CHARACTERS = 40_000;
/** What a transaction is to take that others wait for. */
const AIM_MS = 15;
/** One transaction says little: others had the disk or the processor just then. */
const WEIGHT_OF_ONE = 0.25;

/** How much there is to write in one transaction. */
export class TransactionSize {
  readonly #most: number;
  #characters = 0;

  /** @param most characters that are enough */
  constructor(most: number) {
    this.#most = most;
  }

  /** Counts what is to be written of a user. */
  add({ user, projects }: BucketRows): void {
    this.#characters += CHARACTERS_OF_ROW;
    if (user) {
      this.#characters += (user.models?.length ?? 0) + user.appIds.length + user.projects.length;
    }
    for (const { models } of projects) this.#characters += CHARACTERS_OF_ROW + models.length;
  }

  get characters(): number {
    return this.#characters;
  }

  get isEnough(): boolean {
    return this.#characters >= this.#most;
  }
}

/** Cuts transactions so that who waits for one waits about equally long, on a fast disk and on a slow one. */
export class TransactionPace {
  #most = FIRST_CHARACTERS;

  /** The size of the next transaction, of which nothing is counted yet. */
  next(): TransactionSize {
    return new TransactionSize(this.#most);
  }

  /**
   * Learns from a transaction that was committed.
   * @param tookMs how long others waited for it
   */
  learn({ characters }: TransactionSize, tookMs: number): void {
    // Of a small one the commit is most: it says nothing of what more would take.
    if (characters < this.#most / 2 || tookMs <= 0) return;
    const right = (characters * AIM_MS) / tookMs;
    const most = this.#most + (right - this.#most) * WEIGHT_OF_ONE;
    this.#most = Math.min(MOST_CHARACTERS, Math.max(FEWEST_CHARACTERS, most));
  }
}
