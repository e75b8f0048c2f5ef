const MAX_NAMES = 200_000;

/** Names of ids that were read before. They never change and are never given twice, so they need not be read again. */
export class KeyNames {
  #names = new Map<number, string>();

  get(id: number): string | undefined {
    return this.#names.get(id);
  }

  set(id: number, name: string): void {
    if (this.#names.size >= MAX_NAMES) this.#names = new Map();
    this.#names.set(id, name);
  }
}
