import type { ExportKind } from '../../contract/exports.js';
import { CONTENT_TYPES, createFileName } from '../../exports/file-name.js';
import { type ExportOrder, startExport, type ExportServices } from '../../exports/start-export.js';
import type { Clock } from '../../runtime/clock.js';
import type { Deadline } from '../../runtime/deadline.js';
import { UsageError } from '../../errors.js';
import type { Caller } from '../core/identify.js';
import type { HttpRequest, SentResponse } from '../core/http-message.js';
import type { QueryLimits } from '../core/define-query.js';
import { EXPORTS } from './export-parameters.js';

/** What exports are responded with. */
export interface ExportResponseDependencies {
  exports: ExportServices;
  clock: Clock;
  limits: QueryLimits;
}

/** A request for a file whose caller is known. */
export interface ExportHttpRequest {
  kind: ExportKind;
  request: HttpRequest;
  caller: Caller;
  deadline: Deadline;
}

/**
 * Responds with a file. `HEAD` checks the request and makes no file. The response begins when it is known what the rows must
 * add up to, so that what fails before is a problem document; a failure after it breaks the connection.
 *
 * @throws UsageError
 */
export async function respondWithExport(
  { exports, clock, limits }: ExportResponseDependencies,
  { kind, request, caller, deadline }: ExportHttpRequest,
): Promise<SentResponse> {
  const { userDid, projects, tokenId } = caller;
  const nowMs = clock.now();
  const { query, form } = EXPORTS[kind].parse(request.query, { nowMs, limits });
  const appDid = 'appDid' in query ? query.appDid : null;
  if (appDid !== null && projects?.includes(appDid) === false) {
    throw new UsageError('PROJECT_FORBIDDEN', 'The token is for other projects.');
  }
  if (query.kind === 'ledger' && projects !== null) {
    throw new UsageError('PROJECT_FORBIDDEN', 'The ledger is of the account, not of a project.');
  }
  const order: ExportOrder = { userDid, projects, nowMs, query, form, tokenId };
  if (request.method === 'HEAD') {
    return toResponse(createFileName(order), CONTENT_TYPES[form.format], null);
  }
  const { fileName, contentType, stream } = await startExport(exports, {
    ...order,
    signal: deadline.signal,
  });
  if (deadline.reason !== null) {
    stream.destroy();
    throw deadline.reason;
  }
  request.disconnect.listen(() => {
    stream.destroy();
  });
  return toResponse(fileName, contentType, stream);
}

function toResponse(
  fileName: string,
  contentType: string,
  body: SentResponse['body'],
): SentResponse {
  return {
    status: 200,
    headers: {
      'Content-Type': contentType,
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'private, no-store',
    },
    body,
  };
}
