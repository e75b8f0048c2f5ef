import type { Project } from '@usage-kit/server-sdk/contract';
import { encodeSegment } from '../client/serialize-query.js';
import type { Localizer } from '../locales/localizer.js';
import { toExplicitPath } from '../utils/safe-url.js';
import { projectMessages } from '../locales/en/projects.js';

/** The contract's name for calls without a project. */
const UNASSIGNED: typeof import('@usage-kit/server-sdk/contract').UNASSIGNED_APP_DID = 'unassigned';

/** A project's name, else "Unassigned", else its shortened DID. */
export function toProjectName({ t }: Localizer, { name, appDid }: Project): string {
  if (name !== null) return name;
  return appDid === UNASSIGNED ? t(projectMessages.unassignedProject) : shortenId(appDid);
}

/** Both ends of a long identifier: `zNKqX7…UMNu3c`. Short ones stay whole. */
export function shortenId(id: string): string {
  return id.length <= 16 ? id : `${id.slice(0, 8)}…${id.slice(-6)}`;
}

/**
 * Address of a project from a template with `{appDid}`; the identifier is percent-encoded.
 *
 * `.` and `..` get a DEL at their end, which the server takes off: browsers resolve these two segments away otherwise.
 */
export function toProjectHref(template: string, appDid: string, query = ''): string {
  const href = template.replaceAll('{appDid}', () => encodeSegment(appDid));
  return toExplicitPath(query === '' ? href : addQuery(href, query));
}

/** Parameters that are there already are replaced. */
function addQuery(href: string, query: string): string {
  const [path = '', ...rest] = href.split('?');
  const params = new URLSearchParams(rest.join('?'));
  new URLSearchParams(query).forEach((value, name) => {
    params.set(name, value);
  });
  return `${path}?${params.toString()}`;
}
