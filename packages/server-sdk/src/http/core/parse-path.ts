import { UsageError } from '../../errors.js';
import { createProjectNotFound } from '../../queries/project-service.js';
import { isIdentifier, MAX_DID_LENGTH } from '../../values/user-did.js';

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
export function parseProject(path: string): string {
  const appDid = decodeSegment(path.split('/')[2] ?? '').replace(DOT_SEGMENT, '$1');
  if (!isIdentifier(appDid, MAX_DID_LENGTH)) throw createProjectNotFound(appDid);
  return appDid;
}

/**
 * The parameters of a path, decoded.
 *
 * @param template path of the endpoint, `:name` for a parameter
 * @throws UsageError `PATH_INVALID` for broken escapes, `ROUTE_NOT_FOUND` for what nothing can be named
 */
export function parsePathParameters(template: string, path: string): Record<string, string> {
  const segments = path.split('/');
  return Object.fromEntries(
    template.split('/').flatMap((name, index) => {
      if (!name.startsWith(':')) return [];
      const value = decodeSegment(segments[index] ?? '');
      if (isIdentifier(value, MAX_DID_LENGTH)) return [[name.slice(1), value]];
      throw new UsageError('ROUTE_NOT_FOUND', 'There is no such endpoint.');
    }),
  );
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new UsageError('PATH_INVALID', 'The path is not percent-encoded UTF-8.');
  }
}
