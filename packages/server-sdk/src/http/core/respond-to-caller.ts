import { isDisconnected, isTimedOut } from '../../db/statement-error.js';
import { retryReads } from '../../db/retry-reads.js';
import { UsageError } from '../../errors.js';
import type { RequestLimits } from '../limits/request-limits.js';
import type { Clock } from '../../runtime/clock.js';
import type { Deadline } from '../../runtime/deadline.js';
import { runForRequest } from '../../runtime/request-signal.js';
import type { ReadSource, ReadSources } from '../../queries/read-sources.js';
import type { Endpoint } from '../endpoints/define-endpoint.js';
import type { BodyCache } from './body-cache.js';
import { createVersionEtag } from './etag.js';
import type { HttpRequest, HttpResponse } from './http-message.js';
import type { Caller } from './identify.js';
import {
  createNotModified,
  isNotModified,
  respondByContent,
  respondWithJson,
  toRequestUrl,
} from './json-response.js';
import { parseProject } from './parse-path.js';
import type { HandlerDependencies, UsageRequest } from './request-context.js';

/** What responses to an authenticated caller are made with. */
export interface CallerDependencies extends HandlerDependencies {
  clock: Clock;
  sources: ReadSources;
  /** Bodies by the tag of their response, which names user, request and version of the data. */
  bodies: BodyCache;
  requestLimits: RequestLimits;
}

/** A request whose caller is known. */
export interface CallerRequest {
  endpoint: Endpoint;
  request: HttpRequest;
  caller: Caller;
  deadline: Deadline;
}

/**
 * Responds to an authenticated caller. A response that is not modified or cached is sent immediately: only work waits for
 * a slot, and only work is cancelled.
 *
 * @throws UsageError
 */
export async function respondToCaller(
  deps: CallerDependencies,
  { endpoint, request, caller, deadline }: CallerRequest,
): Promise<HttpResponse> {
  if (request.disconnect.hasDisconnected) throw createDisconnectError();
  const { userDid, projects } = caller;
  const nowMs = deps.clock.now();
  const appDid = endpoint.hasProject ? parseProject(request.path) : '';
  if (appDid !== '' && projects?.includes(appDid) === false) {
    throw new UsageError('PROJECT_FORBIDDEN', 'The token is for other projects.');
  }
  const parsed: UsageRequest = { userDid, projects, nowMs, queryString: request.query, appDid };
  const isFromDatabase = endpoint.source === 'database';
  const makeBody = (source?: ReadSource): Promise<object> => {
    request.disconnect.listen(() => {
      deadline.abort(createDisconnectError());
    });
    const { signal } = deadline;
    const work = (): Promise<object> =>
      runForRequest(signal, () => handle(deps, { endpoint, parsed, signal, source }));
    return deps.requestLimits.run(caller, signal, () =>
      isFromDatabase ? deps.database.requestActivity.run(work) : work(),
    );
  };
  const identity = toIdentityKey(caller);
  // No version changes with what a host writes to its own table.
  if (!isFromDatabase || !deps.database.calls.isOwn) {
    return respondByContent(request, identity, await makeBody());
  }
  // Read before the body is made, the version can only be older than it: the next request then makes it anew.
  const source = await deps.sources.choose(userDid, nowMs);
  const { version } = source;
  const etag = createVersionEtag(identity, toRequestUrl(request), version, nowMs);
  if (isNotModified(request, etag)) return createNotModified(etag);
  // A client without the tag, in another tab or an embedding page, gets the body that the first one got.
  const cached = deps.bodies.get(etag);
  if (cached !== undefined) return respondWithJson(request, etag, cached);
  const body = JSON.stringify(await makeBody(source));
  deps.bodies.set(etag, body);
  return respondWithJson(request, etag, body);
}

/** How long a statement on a replica may take, milliseconds: then there is time left for the primary. */
const REPLICA_DEADLINE_MS = 5000;

interface Work {
  endpoint: Endpoint;
  parsed: UsageRequest;
  signal: AbortSignal;
  source: ReadSource | undefined;
}

/**
 * Makes the body of a response, of one database. The primary is asked for what a replica could not answer: it was stopped, it
 * cancelled the statement in favor of its replay, or it has not got what is asked for yet.
 */
async function handle(
  deps: CallerDependencies,
  { endpoint, parsed, signal, source }: Work,
): Promise<object> {
  if (source?.isReplica) {
    try {
      return await runForRequest(
        signal,
        () => endpoint.handle({ ...deps, database: source.database }, parsed),
        REPLICA_DEADLINE_MS,
      );
    } catch (error) {
      if (signal.aborted) throw error;
      if (isDisconnected(error) || isTimedOut(error)) deps.sources.markDown();
    }
  }
  return retryReads(() => endpoint.handle(deps, parsed), signal);
}

function createDisconnectError(): Error {
  return new Error('The client disconnected');
}

/**
 * Names the caller, in tags and caches. The kind comes first and the parts are JSON, so that no DID can spell the name
 * of another user or of a token. A token of some projects and its user see different figures.
 */
function toIdentityKey({ userDid, projects }: Caller): string {
  return JSON.stringify(
    projects === null ? ['user', userDid] : ['projects', userDid, [...projects].sort()],
  );
}
