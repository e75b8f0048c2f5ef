import type { Message } from './messages.js';

/** English messages by name, each with its name: what {@link Translate} takes. */
export type DefinedMessages<Catalogue extends Readonly<Record<string, Message>>> = {
  readonly [Key in keyof Catalogue & string]: { readonly key: Key; readonly en: Message };
};

/**
 * Names each English message by its key, which is the name that every other language has it under.
 *
 * Free of side effects, so that a bundle contains the catalogues of its elements and no others.
 */
export function defineMessages<const Catalogue extends Readonly<Record<string, Message>>>(
  catalogue: Catalogue,
): DefinedMessages<Catalogue> {
  const entries = Object.entries(catalogue).map(([key, en]) => [key, { key, en }]);
  return Object.fromEntries(entries) as DefinedMessages<Catalogue>;
}
