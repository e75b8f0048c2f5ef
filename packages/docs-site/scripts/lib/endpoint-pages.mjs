import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../../scripts/lib/run.mjs';
import { ENDPOINT_GROUPS } from '../../site-map.mjs';
import { escapeMdx, renderTable, toCell } from './markdown.mjs';
import { createSample, listMembers, nameType } from './schemas.mjs';
import { translate } from './translations.mjs';

const WORDS = {
  en: {
    parameters: 'Parameters',
    body: 'Body',
    response: 'Response',
    statuses: 'Statuses',
    console: 'Try it',
    name: 'name',
    places: { path: 'in the path', header: 'a header' },
    comma: ', ',
    type: 'type',
    meaning: 'meaning',
    initial: 'default',
    status: 'status',
    show: (count) => `${count} members`,
  },
  zh: {
    parameters: '参数',
    body: '请求体',
    response: '响应',
    statuses: '状态码',
    console: '试一试',
    name: '名称',
    places: { path: '在路径中', header: '请求头' },
    comma: '，',
    type: '类型',
    meaning: '说明',
    initial: '默认值',
    status: '状态码',
    show: (count) => `${count} 个字段`,
  },
};

/**
 * Pages of the endpoints in a language, from the OpenAPI document: a page for each path, or for those that belong together.
 * @returns {{ slug: string, title: string, description: string, body: string, isMdx: true }[]}
 */
export function createEndpointPages(language) {
  const document = JSON.parse(
    readFileSync(join(root, 'packages/server-sdk/dist/openapi.json'), 'utf8'),
  );
  const resolve = (reference) => document.components.schemas[reference.split('/').at(-1)];
  const pages = new Map();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const { slug, title } = findPage(path, operation, language);
      const page = pages.get(slug) ?? { slug, title, operations: [] };
      page.operations.push({ path, method: method.toUpperCase(), ...operation });
      pages.set(slug, page);
    }
  }
  return [...pages.values()].map((page) => createPage(page, language, resolve));
}

function findPage(path, { operationId }, language) {
  const shared = ENDPOINT_GROUPS.find(
    ({ prefix }) => path === prefix || path.startsWith(`${prefix}/`),
  );
  if (shared === undefined) {
    const name = operationId.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return { slug: name, title: path.replaceAll(/\{(\w+)\}/g, ':$1') };
  }
  return { slug: shared.slug, title: language === 'zh' ? shared.zh : shared.title };
}

function createPage({ slug, title, operations }, language, resolve) {
  const isShared = operations.length > 1;
  const say = (text) => translate(text ?? '', language);
  const parts = operations.map((operation) =>
    renderOperation(operation, { words: WORDS[language], say, resolve, isShared }),
  );
  return {
    slug: `endpoints/${slug}`,
    title,
    description: operations
      .map(({ summary }) => say(summary))
      .join(language === 'zh' ? '；' : '; '),
    body: ["import EndpointConsole from '@site/EndpointConsole.astro';", ...parts].join('\n\n'),
    isMdx: true,
  };
}

function renderOperation(operation, { words, say, resolve, isShared }) {
  const { method, path, summary, parameters = [], requestBody, responses } = operation;
  // Below the heading of the operation where a page has several.
  const level = isShared ? '###' : '##';
  const section = (heading, text) => (text === '' ? '' : `${level} ${heading}\n\n${text}`);
  const bodySchema = requestBody?.content['application/json']?.schema;
  const consoleProps = {
    method,
    path,
    name: operation.operationId,
    parameters: parameters.map(({ name, in: where, required, schema }) => ({
      name,
      where,
      isRequired: required === true,
      ...(choicesOf(schema) && { choices: choicesOf(schema) }),
      ...(schema.default !== undefined && { initial: String(schema.default) }),
    })),
    body: bodySchema && JSON.stringify(createSample(bodySchema, resolve), null, 2),
  };
  return [
    isShared ? `## ${escapeMdx(say(summary))}` : '',
    `\`${method} ${path}\`${isShared ? '' : ` — ${escapeMdx(say(summary))}`}`,
    section(words.parameters, renderParameters(parameters, words, say)),
    section(words.body, bodySchema ? renderMembers(bodySchema, words, say, resolve) : ''),
    `${level} ${words.console}\n\n<EndpointConsole {...${JSON.stringify(consoleProps)}} />`,
    section(words.response, renderResponse(responses, words, say, resolve)),
    section(words.statuses, renderStatuses(responses, words, say)),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

const choicesOf = (schema) => schema.enum ?? schema.items?.enum;

function renderParameters(parameters, words, say) {
  return renderTable(
    [words.name, words.type, words.meaning],
    parameters.map(({ name, in: where, required, schema, description }) => [
      `\`${name}\`${required ? ' \\*' : ''}`,
      [
        `\`${nameType(schema).replaceAll('|', '\\|')}\``,
        // Most are in the query.
        ...(where === 'query' ? [] : [words.places[where]]),
        ...(schema.default === undefined ? [] : [`${words.initial} \`${schema.default}\``]),
      ].join(words.comma),
      toCell(say(description)),
    ]),
  );
}

function renderMembers(schema, words, say, resolve) {
  return renderTable(
    [words.name, words.type, words.meaning],
    listMembers(schema, resolve).map(({ path, type, isRequired, description }) => [
      `\`${path}\`${isRequired ? '' : '?'}`,
      `\`${type.replaceAll('|', '\\|')}\``,
      toCell(say(description)),
    ]),
  );
}

function renderResponse(responses, words, say, resolve) {
  const [status, { content = {} }] = Object.entries(responses).find(([code]) => code < '300');
  const schema = content['application/json']?.schema;
  const types = `\`${status}\` ${Object.keys(content)
    .map((type) => `\`${type}\``)
    .join(', ')}`;
  if (schema === undefined) return types;
  const { length } = listMembers(schema, resolve);
  const table = renderMembers(schema, words, say, resolve);
  if (length === 0) return types;
  return `${types}\n\n<details>\n<summary>${words.show(length)}</summary>\n\n${table}\n\n</details>`;
}

function renderStatuses(responses, words, say) {
  return renderTable(
    [words.status, words.meaning],
    Object.entries(responses).map(([status, { description }]) => [
      `\`${status}\``,
      toCell(say(description)),
    ]),
  );
}
