/** A text, or one per plural form; `other` serves every form that is missing. */
export type Message = string | { readonly one?: string; readonly other: string };

type Catalogues = typeof import('./en.js');

/** Names a text in every language. */
export type MessageKey = {
  [Name in keyof Catalogues]: keyof Catalogues[Name];
}[keyof Catalogues];

/** A text with its name: English is part of the code that shows it, other languages are looked up by the name. */
export interface Text {
  readonly key: MessageKey;
  readonly en: Message;
}

/**
 * Messages by name that a page replaces: `{ credits: 'Points', searchProjectsHint: 'Name or ID' }`.
 *
 * The parameters in braces are those of the message that is replaced.
 */
export type UsageMessages = Readonly<Partial<Record<MessageKey, Message>>>;

/** All texts of a language. */
export type Messages = Readonly<Record<MessageKey, Message>>;
