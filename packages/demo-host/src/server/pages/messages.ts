/** Languages of the demo's own pages; the elements know the same ones. */
export const LOCALES = ['en', 'zh'] as const;
export type Locale = (typeof LOCALES)[number];

const en = {
  usage: 'Usage',
  signInTitle: 'See your usage',
  signInText: 'This demo has three users with generated calls. Choose whose usage to view.',
  signInImported: 'Choose whose imported calls to view.',
  signInAs: 'Sign in as {name}',
  signOut: 'Sign out',
  signedInAs: 'Signed in as {name}',
  theme: 'Switch between light and dark',
  language: '中文',
  languageLabel: '切换到中文',
  skip: 'Skip to main content',
  dashboard: 'Usage',
  backToDashboard: 'All usage',
  copied: 'Copied',
  notFoundTitle: 'Page not found',
  notFoundText: 'Go to the usage dashboard.',
  guideTitle: 'Make your first call',
  guideText:
    'No calls are recorded for you yet. Record a call on your server, then reload this page to see it.',
  guideCopy: 'Copy the code',
  guideLink: 'Read the quick start',
  needsScript: 'Turn on JavaScript to see your usage.',
} as const;

/** A text of the demo's own pages. */
export type MessageKey = keyof typeof en;

const zh: Record<MessageKey, string> = {
  usage: '用量',
  signInTitle: '查看您的用量',
  signInText: '此演示有三位用户，调用均为生成的数据。请选择要查看谁的用量。',
  signInImported: '请选择要查看谁的导入调用。',
  signInAs: '以 {name} 的身份登录',
  signOut: '退出登录',
  signedInAs: '已登录：{name}',
  theme: '切换浅色与深色',
  language: 'English',
  languageLabel: 'Switch to English',
  skip: '跳到主要内容',
  dashboard: '用量',
  backToDashboard: '全部用量',
  copied: '已复制',
  notFoundTitle: '未找到页面',
  notFoundText: '前往用量面板。',
  guideTitle: '发起您的首次调用',
  guideText: '还没有您的调用记录。在服务器上记录一次调用，然后重新加载本页即可看到。',
  guideCopy: '复制代码',
  guideLink: '阅读快速入门',
  needsScript: '请启用 JavaScript 以查看用量。',
};

/** The text in a language, with its `{name}` filled in. */
export function formatMessage(
  locale: Locale,
  key: MessageKey,
  parameters: Record<string, string> = {},
): string {
  const text: string = (locale === 'zh' ? zh : en)[key];
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => parameters[name] ?? placeholder);
}
