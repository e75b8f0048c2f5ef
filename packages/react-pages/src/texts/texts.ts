const en = {
  dashboardTitle: 'Usage',
  backToDashboard: 'All usage',
  signedOutTitle: 'You are signed out',
  signedOutText: 'Sign in again to see your usage.',
  signIn: 'Sign in',
  forbiddenTitle: 'You don’t have access to this page',
  forbiddenText: 'Ask an administrator for access to this usage.',
  notFoundTitle: 'No such project',
  notFoundText: 'There is no project with this address, or you do not have access to it.',
  brokenTitle: 'This part could not be shown',
  brokenText: 'The rest of the page works as before.',
  retry: 'Try again',
  reload: 'Reload the page',
  guideTitle: 'Make your first call',
  guideText:
    'Nothing has been recorded for you yet. Record a call from your server, and this page shows it after a reload.',
  guideLink: 'Read the quick start',
  copy: 'Copy the code',
  copied: 'Copied',
  filters: 'Filters',
  clearFilters: 'Clear filters',
  done: 'Show calls',
  all: 'All',
  model: 'Model',
  status: 'Status',
  type: 'Type',
  statusSuccess: 'Success',
  statusFailed: 'Failed',
  statusProcessing: 'Running',
  typeChatCompletion: 'Chat',
  typeEmbedding: 'Embedding',
  typeImageGeneration: 'Image',
  typeAudioGeneration: 'Audio',
  typeVideo: 'Video',
  typeCustom: 'Custom',
} as const;

/** A text of the pages themselves; the elements have their own. */
export type PageText = keyof typeof en;

const zh: Record<PageText, string> = {
  dashboardTitle: '用量',
  backToDashboard: '全部用量',
  signedOutTitle: '您已退出登录',
  signedOutText: '请重新登录以查看您的用量。',
  signIn: '登录',
  forbiddenTitle: '您没有访问此页面的权限',
  forbiddenText: '请联系管理员获取查看这些用量的权限。',
  notFoundTitle: '没有这个项目',
  notFoundText: '此地址没有对应的项目，或者您没有访问权限。',
  brokenTitle: '此部分无法显示',
  brokenText: '页面的其他部分仍可正常使用。',
  retry: '重试',
  reload: '重新加载页面',
  guideTitle: '发出您的第一次调用',
  guideText: '还没有为您记录任何调用。在服务器上记录一次调用，重新加载本页即可看到。',
  guideLink: '阅读快速入门',
  copy: '复制代码',
  copied: '已复制',
  filters: '筛选',
  clearFilters: '清除筛选',
  done: '查看调用',
  all: '全部',
  model: '模型',
  status: '状态',
  type: '类型',
  statusSuccess: '成功',
  statusFailed: '失败',
  statusProcessing: '进行中',
  typeChatCompletion: '对话',
  typeEmbedding: '向量',
  typeImageGeneration: '图像',
  typeAudioGeneration: '音频',
  typeVideo: '视频',
  typeCustom: '自定义',
};

/** The texts of a language; English for all that have none. */
export function getMessages(locale: string): Record<PageText, string> {
  return /^zh\b/i.test(locale) ? zh : en;
}

/** Texts in place of the pages' own, by name. */
export type PageMessages = Readonly<Partial<Record<PageText, string>>>;

/** The texts of a language with a host's in place of some; what is no text is left out. */
export function withOwnTexts(
  texts: Record<PageText, string>,
  own: PageMessages,
): Record<PageText, string> {
  const isOwn = ([name, text]: [string, unknown]): boolean =>
    Object.hasOwn(en, name) && typeof text === 'string';
  return { ...texts, ...Object.fromEntries(Object.entries(own).filter(isOwn)) };
}
