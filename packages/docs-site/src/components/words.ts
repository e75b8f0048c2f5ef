/** What the parts of a page that run in the browser say, in both languages. */
const EN = {
  exampleState: 'State',
  ready: 'Ready',
  empty: 'No calls yet',
  slow: 'Loading',
  error: 'Failed',
  server: 'Server',
  serverHint: 'Where the endpoints are: a path of this origin, or an address.',
  token: 'Embed token',
  tokenHint: 'Needed for a server of another origin; it is stored only in this page.',
  unset: 'not set',
  several: 'several values: one a line',
  body: 'Body',
  send: 'Send',
  sending: 'Sending…',
  copy: 'Copy as curl',
  copied: 'Copied',
  response: 'Response',
  refused:
    'No response. Either no server answers there, or it does not let this page read it: a session counts on its own origin alone, a token where its origin is in `embed.origins`. `npm run site:serve -- --api http://localhost:3000` serves this site with the endpoints of a demo on one origin.',
  cut: 'The first 100,000 characters of {length}.',
  binary: 'A file of {length} bytes.',
};

export type Words = typeof EN;

const ZH: Words = {
  exampleState: '状态',
  ready: '就绪',
  empty: '暂无调用',
  slow: '加载中',
  error: '失败',
  server: '服务器',
  serverHint: '接口所在位置：本站同源路径，或完整地址。',
  token: '嵌入令牌',
  tokenHint: '访问其他来源的服务器时需要；仅保留在本页内存中。',
  unset: '未设置',
  several: '多个值：每行一个',
  body: '请求体',
  send: '发送',
  sending: '发送中…',
  copy: '复制为 curl',
  copied: '已复制',
  response: '响应',
  refused:
    '没有响应。要么该地址没有服务器，要么服务器不允许本页读取：会话只在自己的来源有效，令牌只在 `embed.origins` 列出的来源有效。运行 `npm run site:serve -- --api http://localhost:3000`，可让本站与演示服务的接口处于同一来源。',
  cut: '共 {length} 个字符，仅显示前 100,000 个。',
  binary: '文件，{length} 字节。',
};

/** The words of a page's language. */
export function readWords(locale: string | undefined): Words {
  return locale?.startsWith('zh') ? ZH : EN;
}
