import type { Locale } from './shell.js';

const en = {
  language: '中文',
  languageLabel: '切换到中文',
  theme: 'Switch between light and dark',
  signOut: 'Sign out',
};

const zh: typeof en = {
  language: 'English',
  languageLabel: 'Switch to English',
  theme: '切换浅色与深色',
  signOut: '退出登录',
};

/** Texts of the app's own bar; the pages bring theirs. */
export const getMessages = (locale: Locale): typeof en => (locale === 'zh' ? zh : en);
