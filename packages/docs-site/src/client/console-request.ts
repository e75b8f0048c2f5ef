/** A parameter with what its reader wrote. */
export interface ConsoleField {
  name: string;
  value: string;
  where: string;
}

/** What a console knows when its reader sends. */
export interface ConsoleForm {
  method: string;
  /** As the OpenAPI document has it, e.g. `/projects/{appDid}/stats`. */
  path: string;
  server: string;
  token: string;
  fields: readonly ConsoleField[];
  body: string | undefined;
  /** Address of the page, which a server without an origin is below. */
  page: string;
}

/** A request that can be sent. */
export interface ConsoleRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** The parameters that take several values, one a line or separated by commas where the field is a line. */
const SEVERAL = new Set(['model', 'status', 'type']);

/** A request of what is in the form: parameters without a value are left out, so that the server's defaults hold. */
export function createRequest(form: ConsoleForm): ConsoleRequest {
  const given = form.fields.filter(({ value }) => value !== '');
  const path = given
    .filter(({ where }) => where === 'path')
    .reduce(
      (text, { name, value }) => text.replace(`{${name}}`, encodeURIComponent(value)),
      form.path,
    );
  const url = new URL(`${form.server.replace(/\/+$/, '')}${path}`, form.page);
  for (const { name, value, where } of given) {
    if (where !== 'query') continue;
    const values = SEVERAL.has(name) ? value.split(',').map((one) => one.trim()) : [value];
    for (const one of values) url.searchParams.append(name, one);
  }
  const headers: Record<string, string> = {};
  for (const { name, value, where } of given) {
    if (where === 'header') headers[name.toLowerCase()] = value;
  }
  if (form.token !== '') headers['authorization'] = `Bearer ${form.token}`;
  if (form.body !== undefined) headers['content-type'] = 'application/json';
  return {
    method: form.method,
    url: url.href,
    headers,
    ...(form.body !== undefined && { body: form.body }),
  };
}

/** The same request as a command for a POSIX shell. A session's cookie is the reader's to add. */
export function toCurl({ method, url, headers, body }: ConsoleRequest): string {
  const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const parts = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${quote(body)}`]),
  ];
  return parts.join(' \\\n  ');
}
