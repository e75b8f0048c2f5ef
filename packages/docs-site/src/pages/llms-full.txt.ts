import type { APIRoute } from 'astro';
import { listTexts } from '../llms/list-texts.ts';

/** Every English page but the decisions, as one text of Markdown. */
export const GET: APIRoute = async () => {
  const texts = await listTexts();
  const parts = texts
    .filter(({ section }) => section !== 'Decisions')
    .map(({ path, title, body }) => `# ${title}\n\nPage: ${path}\n\n${body}`);
  return new Response(`${parts.join('\n\n---\n\n')}\n`);
};
