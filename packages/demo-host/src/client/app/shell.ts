import type { UsageRange } from '@usage-kit/react-pages';

/** What the server tells the app in its document. */
export interface Shell {
  userName: string;
  userDid: string;
  /** The range when the URL names none. */
  defaultRange: UsageRange;
  locale: Locale;
  /** Of the content policy; Emotion's style elements carry it. */
  nonce: string;
}

/** A language of the demo. */
export type Locale = 'en' | 'zh';

/** Reads what the server wrote into the document, and makes its theme a definite one before anything is painted. */
export function readShell(root: HTMLElement): Shell {
  const { userName = '', userDid = '', defaultFrom = '', defaultTo = '' } = root.dataset;
  const meta = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]');
  const { documentElement } = document;
  if (documentElement.dataset['theme'] === 'auto') {
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  }
  return {
    userName,
    userDid,
    defaultRange: { from: defaultFrom, to: defaultTo },
    locale: documentElement.lang === 'zh' ? 'zh' : 'en',
    nonce: meta?.nonce ?? '',
  };
}
