import type { BucketRows } from '../domain/user-bucket.js';

/** 10 to 20 ms of a writer's waiting. A commit waits for the disk, so not too few either. */
const CHARACTERS_PER_TRANSACTION = 300_000;
/** What a row costs beside its cells, as so many characters of them. */
const CHARACTERS_OF_ROW = 50;

/** How much there is to write in one transaction. */
export class TransactionSize {
  #characters = 0;

  /** Counts what is to be written of a user. */
  add({ user, projects }: BucketRows): void {
    this.#characters += CHARACTERS_OF_ROW;
    if (user) {
      this.#characters += (user.models?.length ?? 0) + user.appIds.length + user.projects.length;
    }
    for (const { models } of projects) this.#characters += CHARACTERS_OF_ROW + models.length;
  }

  get isEnough(): boolean {
    return this.#characters >= CHARACTERS_PER_TRANSACTION;
  }
}
