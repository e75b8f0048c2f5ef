import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { runForRequest } from '../../runtime/request-signal.js';
import type { WriteEndpoint } from '../endpoints/define-write-endpoint.js';
import type { HttpRequest, HttpResponse } from './http-message.js';
import type { CallerDependencies, CallerRequest } from './respond-to-caller.js';
import { writeOnce } from './idempotency.js';
import { parsePathParameters } from './parse-path.js';
import { parameterError, parseQuery } from './define-query.js';
import { readJsonBody } from './read-body.js';

/** A request that writes, whose caller is known. */
export interface WriterRequest extends Omit<CallerRequest, 'endpoint'> {
  endpoint: WriteEndpoint;
}

const NO_PARAMETERS = z.strictObject({});
/** A UUID, or whatever a client makes that is as long. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{8,128}$/;

/**
 * Responds to an authenticated caller that writes. A client that disconnects does not end the work: it is done or not done,
 * and a retry with the same `Idempotency-Key` gets the response.
 *
 * @throws UsageError
 */
export async function respondToWriter(
  deps: CallerDependencies,
  { endpoint, request, caller, deadline }: WriterRequest,
): Promise<HttpResponse> {
  const { userDid, projects } = caller;
  const nowMs = deps.clock.now();
  const key = readIdempotencyKey(request);
  const json = await readJsonBody(request);
  parseQuery(NO_PARAMETERS, request.query);
  const params = parsePathParameters(endpoint.path, request.path);
  const newId = createId(key === null ? null : [userDid, endpoint.name, key]);
  const write = async (): Promise<HttpResponse> => {
    const body = await endpoint.handle(deps, { userDid, projects, nowMs, params, newId, json });
    return toWriteResponse(endpoint.status, body);
  };
  const { signal } = deadline;
  return deps.requestLimits.run(caller, signal, () =>
    deps.database.requestActivity.run(() =>
      runForRequest(signal, () => {
        if (key === null) return write();
        const fingerprint = hash([endpoint.method, request.path, projects, json ?? null]);
        return writeOnce(
          deps.database,
          { userDid, keyHash: hash([key]), fingerprint, nowMs },
          write,
        );
      }),
    ),
  );
}

/** @throws UsageError `PARAMETER_INVALID` */
function readIdempotencyKey({ headers }: HttpRequest): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && IDEMPOTENCY_KEY.test(key)) return key;
  const detail = 'must be 8 to 128 printable characters of ASCII';
  throw parameterError([{ parameter: 'Idempotency-Key', detail }]);
}

function toWriteResponse(status: number, body: object | null): HttpResponse {
  if (body === null) return { status, headers: {}, body: null };
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  return { status, headers, body: JSON.stringify(body) };
}

/** An id of 22 characters: of what is named, or a random one. */
function createId(named: readonly string[] | null): string {
  return named === null ? randomBytes(16).toString('base64url') : hash(named).slice(0, 22);
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
