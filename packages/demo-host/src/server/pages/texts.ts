/** Languages of the demo's own pages; the elements know the same ones. */
export const locales = ['en', 'zh'] as const;
export type Locale = (typeof locales)[number];

const en = {
  usage: 'Usage',
  signInTitle: 'See what you used',
  signInText:
    'This demo has three people with a generated history. Choose whose usage you want to look at.',
  signInImported: 'Choose whose imported calls you want to look at.',
  signInAs: 'Sign in as {name}',
  signOut: 'Sign out',
  signedInAs: 'Signed in as {name}',
  theme: 'Switch between light and dark',
  language: '中文',
  languageLabel: '切换到中文',
  skip: 'Skip to content',
  dashboard: 'Usage',
  backToDashboard: 'All usage',
  copied: 'Copied',
  notFoundTitle: 'There is no such page',
  notFoundText: 'The usage dashboard is this way.',
  guideTitle: 'Make your first call',
  guideText:
    'Nothing has been recorded for you yet. Record a call from your server, and this page shows it when it is loaded again.',
  guideCopy: 'Copy the code',
  guideLink: 'Read the quick start',
  needsScript: 'The figures on this page need JavaScript.',
} as const;

/** A text of the demo's own pages. */
export type TextKey = keyof typeof en;

const zh: Record<TextKey, string> = {
  usage: '用量',
  signInTitle: '看看您用了多少',
  signInText: '演示里有三位用户，各有一段生成的历史。请选择要查看谁的用量。',
  signInImported: '请选择要查看谁的导入调用。',
  signInAs: '以 {name} 的身份登录',
  signOut: '退出登录',
  signedInAs: '已登录：{name}',
  theme: '切换浅色与深色',
  language: 'English',
  languageLabel: 'Switch to English',
  skip: '跳到内容',
  dashboard: '用量',
  backToDashboard: '全部用量',
  copied: '已复制',
  notFoundTitle: '没有这个页面',
  notFoundText: '用量面板在这里。',
  guideTitle: '发出您的第一次调用',
  guideText: '还没有为您记录任何调用。在服务器上记录一次调用，重新加载本页即可看到。',
  guideCopy: '复制代码',
  guideLink: '阅读快速入门',
  needsScript: '本页的数字需要 JavaScript。',
};

/** The text in a language, with its `{name}` filled in. */
export function getMessage(
  locale: Locale,
  key: TextKey,
  parameters: Record<string, string> = {},
): string {
  const text: string = (locale === 'zh' ? zh : en)[key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => parameters[name] ?? whole);
}
