import createClient from 'openapi-fetch';
// npx openapi-typescript node_modules/@usage-kit/server-sdk/dist/openapi.json -o usage-api.ts
import type { paths } from './usage-api.js';

/** Reads a user's totals and projects from another service, typed by the OpenAPI document. */
export async function readUsage(
  baseUrl: string,
  headers: Record<string, string>,
): Promise<{ calls: number; projects: string[] }> {
  const client = createClient<paths>({ baseUrl, headers });
  const overview = await client.GET('/overview', { params: { query: { timeZone: 'UTC' } } });
  const projects = await client.GET('/projects', { params: { query: { pageSize: 100 } } });
  if (!overview.data || !projects.data) {
    throw new Error(overview.error?.code ?? projects.error?.code ?? 'No answer');
  }
  return {
    calls: overview.data.totals.calls,
    projects: projects.data.items.map(({ appDid }) => appDid),
  };
}
