/** Stands for the rest of your application. */
export function GET(request: Request): Response {
  return new Response(`the host: ${new URL(request.url).pathname}`);
}
