const en = {
  dashboardTitle: 'Usage',
  backToDashboard: 'All usage',
  signedOutTitle: 'You are signed out',
  signedOutText: 'Sign in to see your usage.',
  signIn: 'Sign in',
  forbiddenTitle: 'You don’t have access to this page',
  forbiddenText: 'Ask an administrator for access to this usage.',
  notFoundTitle: 'Project not found',
  notFoundText: 'This project does not exist, or you don’t have access to it.',
  brokenTitle: 'This part could not be shown',
  brokenText: 'You can still use the rest of the page.',
  retry: 'Try again',
  reload: 'Reload the page',
  activitySection: 'Activity by weekday and hour',
  glanceSection: 'Duration and failures',
  ledgerSection: 'Credit history',
  rulesSection: 'Budgets and alerts',
  adviceSection: 'Advice',
  guideTitle: 'Make your first call',
  guideText:
    'No calls are recorded for you yet. Record a call on your server, then reload this page to see it.',
  guideLink: 'Read the quick start',
  copy: 'Copy the code',
  copied: 'Copied',
} as const;

/** Name of a message of the pages; the elements have their own. */
export type PageMessageKey = keyof typeof en;

const zh: Record<PageMessageKey, string> = {
  dashboardTitle: '用量',
  backToDashboard: '全部用量',
  signedOutTitle: '您已退出登录',
  signedOutText: '登录后即可查看用量。',
  signIn: '登录',
  forbiddenTitle: '您没有访问此页面的权限',
  forbiddenText: '请联系管理员获取查看这些用量的权限。',
  notFoundTitle: '未找到项目',
  notFoundText: '此项目不存在，或者您没有访问权限。',
  brokenTitle: '此部分无法显示',
  brokenText: '页面的其他部分仍可正常使用。',
  retry: '重试',
  reload: '重新加载页面',
  activitySection: '按星期和时段的活动',
  glanceSection: '耗时与失败原因',
  ledgerSection: '额度明细',
  rulesSection: '预算与告警',
  adviceSection: '建议',
  guideTitle: '发起您的首次调用',
  guideText: '还没有您的调用记录。在服务器上记录一次调用，然后重新加载本页即可看到。',
  guideLink: '阅读快速入门',
  copy: '复制代码',
  copied: '已复制',
};

/** The messages of a language; English for every other language. */
export function getMessages(locale: string): Record<PageMessageKey, string> {
  return /^zh\b/i.test(locale) ? zh : en;
}

/** Messages of a host in place of the pages' own, by name. */
export type PageMessages = Readonly<Partial<Record<PageMessageKey, string>>>;

/** Replaces messages by a host's; ignores unknown names and values that are not text. */
export function withHostMessages(
  messages: Record<PageMessageKey, string>,
  own: PageMessages,
): Record<PageMessageKey, string> {
  const isOwn = ([name, text]: [string, unknown]): boolean =>
    Object.hasOwn(en, name) && typeof text === 'string';
  return { ...messages, ...Object.fromEntries(Object.entries(own).filter(isOwn)) };
}
