import Router from '@koa/router';
import type { Context } from 'koa';
import type { RouteName } from '../contract/routes.js';
import { UsageError } from '../errors.js';
import type { Authenticate } from '../ports/authenticate.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { DataVersions } from '../services/data-versions.js';
import { ENDPOINTS } from './endpoints.js';
import { etagOf, etagOfVersion } from './etag.js';
import { handleErrors, handleMethods, identify, sendBody, sendNotModified } from './middleware.js';
import type { HandlerDependencies, UsageRequest } from './request-context.js';

/** What the router works with. */
export interface RouterDependencies extends HandlerDependencies {
  basePath: string;
  authenticate: Authenticate;
  clock: Clock;
  logger: Logger;
  versions: DataVersions;
}

/** A fresh Koa router with the nine endpoints; every other path is left to the host. */
export function buildRouter(deps: RouterDependencies): Router {
  const router = new Router({ prefix: deps.basePath });
  const errors = handleErrors(deps.logger);
  for (const { name, path, handle } of ENDPOINTS) {
    router.all(path, errors, handleMethods, async (context) => {
      const userDid = await identify(deps.authenticate, context);
      const request = {
        userDid,
        nowMs: deps.clock.now(),
        query: context.querystring,
        appDid: projectOf(context, deps.basePath),
      };
      await answer(context, deps, name, request, () => handle(deps, request));
    });
  }
  return router;
}

/** Balances are not the database's: what they say is all that tells their answers apart. */
const BY_CONTENT: ReadonlySet<RouteName> = new Set(['quota', 'quotaDetails']);

async function answer(
  context: Context,
  { versions, database }: RouterDependencies,
  name: RouteName,
  { userDid, nowMs }: UsageRequest,
  make: () => Promise<object>,
): Promise<void> {
  // Nobody raises versions for what a host writes to a table of its own.
  if (BY_CONTENT.has(name) || !database.calls.isOwn) {
    const body = await make();
    const etag = etagOf(userDid, context.url, body);
    if (!sendNotModified(context, etag)) sendBody(context, etag, body);
    return;
  }
  // Read before the answer is made, the version can only be older than it: the next request then makes it anew.
  const etag = etagOfVersion(userDid, context.url, await versions.of(userDid), nowMs);
  if (!sendNotModified(context, etag)) sendBody(context, etag, await make());
}

/** The project's segment, decoded here rather than by the router, whose decoding forgives broken escapes. */
function projectOf(context: Context, basePath: string): string {
  const [, segment] = context.path.slice(basePath.length).split('/').slice(1);
  if (segment === undefined) return '';
  try {
    const appDid = decodeURIComponent(segment);
    // Browsers resolve a segment `.` or `..`, percent-encoded too, so the client encodes these two names twice.
    return /^(%2e){1,2}$/i.test(appDid) ? decodeURIComponent(appDid) : appDid;
  } catch {
    throw new UsageError('PATH_INVALID', 'The project in the path is not percent-encoded UTF-8.');
  }
}
