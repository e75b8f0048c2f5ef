import type { Context } from 'koa';

const MAX_BYTES = 64 * 1024;

/** The object in a request's body, of a GET too; `{}` without one. */
export async function readJsonBody(ctx: Context): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of ctx.req) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_BYTES) ctx.throw(413);
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  } catch {
    // Answered below, like every other body that is no object.
  }
  return ctx.throw(400, 'The body is not a JSON object');
}
