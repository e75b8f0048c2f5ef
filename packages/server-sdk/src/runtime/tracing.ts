/** The used members of a span of `@opentelemetry/api`. */
export interface TraceSpan {
  setAttribute(name: string, value: string | number | boolean): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

/**
 * The used member of a tracer of `@opentelemetry/api`, as `trace.getTracer('usage-kit')` returns it. Declared here, so that hosts
 * without that package can build.
 */
export interface Tracer {
  startSpan(
    name: string,
    options?: { kind?: number; attributes?: Record<string, string | number | boolean> },
  ): TraceSpan;
}

/** `SpanKind` and `SpanStatusCode` of `@opentelemetry/api`, which are fixed by its specification. */
const KIND = { internal: 0, server: 1 } as const;
const STATUS_ERROR = 2;

/** Methods that HTTP knows; others would make as many names of spans as a client likes. */
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A request that a span is about. */
export interface TracedRequest {
  method: string;
  basePath: string;
  /** The path of the resource below the base path, with the names of its parameters in place of their values. */
  route: string;
}

/**
 * Runs the work of a request in a span, named and described by the conventions of OpenTelemetry for HTTP servers. No value of the
 * path, the query, a header or a user is in it. A file that is streamed goes on after the end.
 */
export async function traceRequest<T extends { status: number }>(
  tracer: Tracer,
  { method, basePath, route }: TracedRequest,
  work: () => Promise<T>,
): Promise<T> {
  const known = METHODS.includes(method) ? method : '_OTHER';
  const span = tracer.startSpan(`${known === '_OTHER' ? 'HTTP' : known} ${route}`, {
    kind: KIND.server,
    attributes: { 'http.request.method': known, 'http.route': basePath + route },
  });
  try {
    const response = await work();
    span.setAttribute('http.response.status_code', response.status);
    if (response.status >= 500) {
      span.setAttribute('error.type', String(response.status));
      span.setStatus({ code: STATUS_ERROR });
    }
    return response;
  } finally {
    span.end();
  }
}

/** Runs work in a span. @param describe returns the attributes of its result: counts, and nothing of a user */
export async function traceWork<T>(
  tracer: Tracer | null,
  name: string,
  work: () => Promise<T>,
  describe: (result: T) => Record<string, number | boolean>,
): Promise<T> {
  if (tracer === null) return work();
  const span = tracer.startSpan(name, { kind: KIND.internal });
  try {
    const result = await work();
    for (const [key, value] of Object.entries(describe(result))) span.setAttribute(key, value);
    return result;
  } catch (error) {
    // The name alone: messages of a database may have values in them.
    span.setAttribute('error.type', error instanceof Error ? error.name : 'Error');
    span.setStatus({ code: STATUS_ERROR });
    throw error;
  } finally {
    span.end();
  }
}
