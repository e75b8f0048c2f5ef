import type { LedgerKind } from '../../contract/quota.js';
import { EXPORT_KINDS, type ExportKind, type ExportParams } from '../../contract/exports.js';
import { startExport, type ExportFile, type ExportServices } from '../../exports/start-export.js';
import type { Clock } from '../../runtime/clock.js';
import { isUserDid } from '../../values/user-did.js';
import type { QueryLimits } from '../core/define-query.js';
import { EXPORTS } from './export-parameters.js';

/** Parameters of each kind; the kind of ledger rows is `ledgerKind`, because `kind` is what is exported. */
type KindParams<Kind extends ExportKind> = Kind extends 'ledger'
  ? Omit<ExportParams['ledger'], 'kind'> & { ledgerKind?: LedgerKind | undefined }
  : ExportParams[Kind];

/** A file that the host's own code wants. */
export type ExportCreation<Kind extends ExportKind = ExportKind> = {
  [Each in Kind]: { userDid: string; kind: Each; signal?: AbortSignal } & KindParams<Each>;
}[Kind];

/** Files with what the elements show. */
export interface UsageExports {
  /**
   * Starts a file of a user: the same as `GET /exports/:kind`, for the host's own code.
   *
   * @returns the file; its stream must be read to the end or destroyed
   * @throws TypeError for a user or a kind that is none
   * @throws UsageError `PARAMETER_INVALID`, `PROJECT_NOT_FOUND`, `TOO_MANY_REQUESTS` while the user has another export in
   *   progress, `SERVER_BUSY`, `QUOTA_UNAVAILABLE`
   */
  create(request: ExportCreation): Promise<ExportFile>;
}

/** Makes the exports of a usage. */
export function createExports(
  services: ExportServices,
  clock: Clock,
  limits: QueryLimits,
): UsageExports {
  return {
    create: async ({ userDid, kind, signal, ...params }) => {
      if (!isUserDid(userDid)) throw new TypeError('exports.create: userDid must name a user');
      if (!EXPORT_KINDS.includes(kind)) {
        throw new TypeError(`exports.create: kind must be one of ${EXPORT_KINDS.join(', ')}`);
      }
      const nowMs = clock.now();
      const { query, form } = EXPORTS[kind].parse(toQueryString(params), { nowMs, limits });
      const order = { userDid, projects: null, nowMs, query, form, tokenId: null };
      return startExport(services, signal === undefined ? order : { ...order, signal });
    },
  };
}

/** Parameters as a request has them, so that both are checked by the same schema. */
function toQueryString(
  params: Readonly<Record<string, string | number | readonly string[] | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const each of Array.isArray(value) ? (value as readonly string[]) : [value]) {
      if (each !== undefined) query.append(name === 'ledgerKind' ? 'kind' : name, String(each));
    }
  }
  return query.toString();
}
