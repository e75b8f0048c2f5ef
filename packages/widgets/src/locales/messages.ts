/** A text, or one per plural form; `other` is used for every form that is missing. */
export type Message = string | { readonly one?: string; readonly other: string };

type Catalogues = typeof import('./en.js');

/** Name of a message, the same in every language. */
export type MessageKey = {
  [Name in keyof Catalogues]: keyof Catalogues[Name];
}[keyof Catalogues];

/** An English message with its name: the code that shows it bundles the English, other languages are looked up by name. */
export interface MessageDefinition {
  readonly key: MessageKey;
  readonly en: Message;
}

/**
 * Messages by name that a page replaces: `{ credits: 'Points', searchProjectsHint: 'Name or ID' }`.
 *
 * The parameters in braces are those of the message that is replaced.
 */
export type UsageMessages = Readonly<Partial<Record<MessageKey, Message>>>;

/** All messages of a language. */
export type Messages = Readonly<Record<MessageKey, Message>>;
