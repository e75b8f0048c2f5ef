import type { APIRoute } from 'astro';
import { listTexts } from '../llms/list-texts.ts';

/** What the site has, a line a page, for programs that read: https://llmstxt.org */
export const GET: APIRoute = async ({ site }) => {
  const texts = await listTexts();
  const sections = [...new Set(texts.map(({ section }) => section))];
  const lines = sections.map((section) => {
    const pages = texts.filter((text) => text.section === section);
    const list = pages.map(
      ({ path, title, description }) =>
        `- [${title}](${site ? new URL(path, site).href : path}): ${description}`,
    );
    return `## ${section}\n\n${list.join('\n')}`;
  });
  const head = `# Usage Kit

> Usage analytics that any product built on AI models can embed: a server SDK for any Node host (endpoints, rollups, files, alerts), web components for any page, and two pages for React.

All of it as one text: ${site ? new URL('/llms-full.txt', site).href : '/llms-full.txt'}`;
  return new Response(`${[head, ...lines].join('\n\n')}\n`);
};
