import { createContext, useContext } from 'react';
import { useIsHydrated } from '../internal/use-is-hydrated.js';
import {
  getMessages,
  withHostMessages,
  type PageMessages,
  type PageMessageKey,
} from './messages.js';

/** The language that the nearest provider names. */
export const LocaleContext = createContext<string | undefined>(undefined);

/** The messages that the host passed to the nearest provider. */
export const MessagesContext = createContext<PageMessages | undefined>(undefined);

/** Messages in the provider's language, else in the page's. */
export function useMessages(): Record<PageMessageKey, string> {
  const locale = useContext(LocaleContext);
  // The server does not know the document's language: it must not write what the browser would not.
  const isHydrated = useIsHydrated();
  const own = useContext(MessagesContext);
  const messages = getMessages(locale ?? (isHydrated ? document.documentElement.lang : 'en'));
  return own ? withHostMessages(messages, own) : messages;
}
