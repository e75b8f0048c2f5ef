import type { RouteName } from '../../contract/routes.js';
import { retryReads } from '../../db/retry-reads.js';
import { isIdentifier, LONGEST_DID } from '../../values/user-did.js';
import { UsageError } from '../../errors.js';
import type { RequestLimits } from '../limits/request-limits.js';
import type { Clock } from '../../runtime/clock.js';
import type { Deadline } from '../../runtime/deadline.js';
import { onBehalfOf } from '../../runtime/request-signal.js';
import type { DataVersions } from '../../queries/data-versions.js';
import { projectNotFound } from '../../queries/project-service.js';
import { answerWith, answerWithBody, isUnchanged, notModified, urlOf } from './answers.js';
import type { BodyCache } from './body-cache.js';
import { HANDLERS } from '../endpoints/endpoints.js';
import { etagOfVersion } from './etag.js';
import type { HttpAnswer, HttpRequest } from './http-message.js';
import type { Caller } from './identify.js';
import type { HandlerDependencies, UsageRequest } from './request-context.js';

/** What somebody who is known is answered with. */
export interface CallerDependencies extends HandlerDependencies {
  clock: Clock;
  versions: DataVersions;
  /** Bodies of answers by their tag, which names user, request and version of the data. */
  bodies: BodyCache;
  requestLimits: RequestLimits;
}

/** Balances are not the database's: what they say is all that tells their answers apart. */
const BY_CONTENT: ReadonlySet<RouteName> = new Set(['quota', 'quotaDetails']);

/**
 * Answers somebody who is known. What needs no work, because nothing changed or because the same was told before, is
 * answered at once: only work waits for a place, and only work is cancelled.
 *
 * @throws UsageError
 */
export async function answerCaller(
  deps: CallerDependencies,
  name: RouteName,
  request: HttpRequest,
  caller: Caller,
  deadline: Deadline,
): Promise<HttpAnswer> {
  if (request.hangUp.isGone) throw new Error('The client hung up');
  const { userDid, projects } = caller;
  const nowMs = deps.clock.now();
  const appDid = projectOf(name, request.path);
  if (appDid !== '' && projects?.includes(appDid) === false) {
    throw new UsageError('PROJECT_FORBIDDEN', 'The token is for other projects.');
  }
  const asked: UsageRequest = { userDid, projects, nowMs, query: request.query, appDid };
  const isFromDatabase = !BY_CONTENT.has(name);
  const make = (): Promise<object> => {
    request.hangUp.listen(() => {
      deadline.giveUp(new Error('The client hung up'));
    });
    const { signal } = deadline;
    const work = (): Promise<object> =>
      onBehalfOf(signal, () => retryReads(() => HANDLERS[name](deps, asked), signal));
    return deps.requestLimits.run(caller, signal, () =>
      isFromDatabase ? deps.database.foreground.run(work) : work(),
    );
  };
  const identity = toIdentityKey(caller);
  // Nobody raises versions for what a host writes to a table of its own.
  if (!isFromDatabase || !deps.database.calls.isOwn) {
    return answerWith(request, identity, await make());
  }
  // Read before the answer is made, the version can only be older than it: the next request then makes it anew.
  const version = await deps.versions.of(userDid);
  const etag = etagOfVersion(identity, urlOf(request), version, nowMs);
  if (isUnchanged(request, etag)) return notModified(etag);
  // Who has the tag is told that nothing changed; who asks for the first time, in another tab or an embedding page, is told
  // the same thing.
  const known = deps.bodies.get(etag);
  if (known !== undefined) return answerWithBody(request, etag, known);
  const body = JSON.stringify(await make());
  deps.bodies.set(etag, body);
  return answerWithBody(request, etag, body);
}

/**
 * Names who is answered, in tags and caches. The kind comes first and the parts are JSON, so that no DID can spell the name
 * of another user or of a token. A token of some projects and its user see different figures.
 */
function toIdentityKey({ userDid, projects }: Caller): string {
  return JSON.stringify(
    projects === null ? ['user', userDid] : ['projects', userDid, [...projects].sort()],
  );
}

/**
 * Browsers resolve a segment `.` or `..` away, percent-encoded or not. A client therefore appends DEL to these two names;
 * no identifier can contain it.
 */
const DOT_SEGMENT = /^(\.{1,2})\u007f$/;

/**
 * The project's segment, decoded here rather than by the router, whose decoding forgives broken escapes.
 *
 * @throws UsageError `PATH_INVALID` for broken escapes, `PROJECT_NOT_FOUND` for what no project can be named
 */
function projectOf(name: RouteName, path: string): string {
  if (!name.startsWith('project') || name === 'projects') return '';
  const segment = path.split('/')[2] ?? '';
  const appDid = decodeSegment(segment).replace(DOT_SEGMENT, '$1');
  if (!isIdentifier(appDid, LONGEST_DID)) throw projectNotFound(appDid);
  return appDid;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new UsageError('PATH_INVALID', 'The project in the path is not percent-encoded UTF-8.');
  }
}
