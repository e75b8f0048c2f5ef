import type { Readable } from 'node:stream';
import type { ExportFooter } from '../contract/exports.js';
import { readOnce } from '../db/read-once.js';
import { readSnapshot } from '../queries/user-snapshot.js';
import { Deadline } from '../runtime/deadline.js';
import type { Logger } from '../runtime/logger.js';
import { runForRequest } from '../runtime/request-signal.js';
import { TimeSlices } from '../runtime/time-slices.js';
import { UsageError } from '../errors.js';
import { ByteSink, ReaderLeftError } from './byte-sink.js';
import { createCallsTable } from './calls-table.js';
import type { ExportDependencies } from './export-dependencies.js';
import { getTimeZone, type ExportRequest } from './export-query.js';
import type { ExportSlots } from './export-slots.js';
import type { ExportTable } from './export-table.js';
import { createModelsTable } from './models-table.js';
import { createProjectsTable } from './projects-table.js';
import { createTrendsTable } from './trends-table.js';
import { CONTENT_TYPES, createFileName } from './file-name.js';
import { createLedgerTable } from './ledger-table.js';
import { writeCsv } from './write-csv.js';
import { writeNdjson } from './write-ndjson.js';
import type { writeXlsx } from './write-xlsx.js';

/** What exports are made with. */
export interface ExportServices extends ExportDependencies {
  slots: ExportSlots;
  /** How long an export may take, milliseconds. */
  exportDeadlineMs: number;
  /** Gets a line for each export. */
  logger: Logger;
}

/** A file that is being written. */
export interface ExportFile {
  /** ASCII, safe in a header and on every file system. */
  fileName: string;
  contentType: string;
  /**
   * Its bytes. An `error` in place of the end: the file is not complete, and says so nowhere. To be read to its end or
   * destroyed; until then a connection of the database is in use.
   */
  stream: Readable;
}

/** Who wants an export, for the log, and until when. */
export interface ExportOrder extends ExportRequest {
  /** The embed token's id; `null` for a session or the host's own code. */
  tokenId: string | null;
  /** Ends the export before its file begins. */
  signal?: AbortSignal;
}

/** Each page of calls is small; a filter that matches few of them makes a statement read many. */
const STATEMENT_DEADLINE_MS = 120_000;
const WRITERS = { csv: writeCsv, xlsx: writeWorkbook, ndjson: writeNdjson };

/**
 * Starts an export, all of one state of the database.
 *
 * @returns the file, when it is known what its rows must add up to
 * @throws UsageError `TOO_MANY_REQUESTS`, `SERVER_BUSY`, `PROJECT_NOT_FOUND`, `QUOTA_UNAVAILABLE`
 */
export async function startExport(
  services: ExportServices,
  order: ExportOrder,
): Promise<ExportFile> {
  const startedMs = performance.now();
  const deadline = new Deadline(services.exportDeadlineMs, createTooSlowError);
  const sink = new ByteSink(() => {
    deadline.abort(new ReaderLeftError());
  });
  const abort = (): void => {
    deadline.abort(new ReaderLeftError());
  };
  const release = takeSlot(services.slots, order.userDid, deadline);
  order.signal?.addEventListener('abort', abort, { once: true });
  if (order.signal?.aborted === true) abort();
  return new Promise((resolve, reject) => {
    const start = (): void => {
      order.signal?.removeEventListener('abort', abort);
      const { format } = order.form;
      const contentType = CONTENT_TYPES[format];
      resolve({ fileName: createFileName(order), contentType, stream: sink.stream });
    };
    const work = runForRequest(
      deadline.signal,
      () => writeFile(services, order, { sink, start }),
      STATEMENT_DEADLINE_MS,
    );
    void deadline
      .limit(work)
      .then(
        ({ rows }) => {
          sink.end();
          return { rows, error: null };
        },
        (error: unknown) => {
          const failure = toError(error);
          sink.fail(failure);
          reject(failure);
          return { rows: null, error: failure };
        },
      )
      .then(async ({ rows, error }) => {
        deadline.clear();
        const ms = Math.round(performance.now() - startedMs);
        log(services.logger, order, { rows, bytes: sink.bytes, ms, error });
        // Only when its transaction has ended: until then it uses a connection.
        await work.catch(() => undefined);
        release();
      });
  });
}

/** @throws UsageError, with the deadline cleared */
function takeSlot(slots: ExportSlots, userDid: string, deadline: Deadline): () => void {
  try {
    return slots.take(userDid, () => {
      deadline.abort(new UsageError('SERVER_BUSY', 'The server ended the export.'));
    });
  } catch (error) {
    deadline.clear();
    throw error;
  }
}

/** Where a file is written, and what to call when it begins. */
interface Target {
  sink: ByteSink;
  start: () => void;
}

function writeFile(
  services: ExportServices,
  order: ExportOrder,
  { sink, start }: Target,
): Promise<ExportFooter> {
  const { query, form } = order;
  return withTable(services, order, (table) => {
    start();
    return WRITERS[form.format](table, sink, {
      form,
      timeZone: getTimeZone(query),
      slices: new TimeSlices(services.database.requestActivity),
    });
  });
}

/** Runs work with the table of a query: calls are read from an open snapshot, the others are in memory. */
async function withTable<T>(
  deps: ExportDependencies,
  order: ExportRequest,
  work: (table: ExportTable) => Promise<T>,
): Promise<T> {
  const { query, userDid, nowMs } = order;
  switch (query.kind) {
    case 'calls':
      return readSnapshot(deps.database, userDid, nowMs, (snapshot) =>
        readOnce(snapshot.transaction, async () =>
          work(await createCallsTable(deps, snapshot, { ...order, query })),
        ),
      );
    case 'projects':
      return work(await createProjectsTable(deps, { ...order, query }));
    case 'trends':
      return work(await createTrendsTable(deps, { ...order, query }));
    case 'models':
      return work(await createModelsTable(deps, { ...order, query }));
    case 'ledger':
      return work(await createLedgerTable(deps, { ...order, query }));
  }
}

function createTooSlowError(): UsageError {
  return new UsageError('ANSWER_TOO_SLOW', 'The export took too long. Ask for a shorter range.');
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** How an export ended. */
interface ExportEnd {
  /** `null` when it is not complete. */
  rows: number | null;
  bytes: number;
  ms: number;
  /** `null`: the file is complete. */
  error: Error | null;
}

/** Logs an export: who, what and how much of it; no row and no filter, which may be personal. */
function log(
  logger: Logger,
  { userDid, tokenId, query, form }: ExportOrder,
  { error, ...figures }: ExportEnd,
): void {
  const fields = { userDid, tokenId, kind: query.kind, format: form.format, ...figures };
  if (error === null) logger.info('An export ended', { ...fields, outcome: 'complete' });
  else if (error instanceof ReaderLeftError) {
    logger.info('An export ended', { ...fields, outcome: 'cancelled' });
  } else if (error instanceof UsageError) {
    logger.info('An export ended', { ...fields, outcome: 'refused', code: error.code });
  } else logger.warn('An export ended', { ...fields, outcome: 'failed', error });
}

/** The library of workbooks comes with the first one: it would be a sixth of the time that a host waits for this package. */
async function writeWorkbook(
  ...parameters: Parameters<typeof writeXlsx>
): ReturnType<typeof writeXlsx> {
  const module = await import('./write-xlsx.js');
  return module.writeXlsx(...parameters);
}
