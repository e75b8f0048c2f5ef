import { readOtlpSpans, type OtlpSpan } from '../recording/telemetry/otlp-spans.js';
import { readSpanCall } from '../recording/telemetry/span-call.js';
import { faultyRecord, readRecord, type FileRecord } from './file-record.js';

/** What `span` of a record says of one that is a request to a model. */
export const REQUEST_SPAN = 'request to a model';

/**
 * Converts requests of OTLP, as a collector's file exporter writes them, to one record for each span: fields of a call, `span`
 * with what it is, and `attributes` with its own and those of its resource.
 */
export async function* toSpanRecords(
  requests: AsyncIterable<FileRecord>,
): AsyncGenerator<FileRecord> {
  for await (const request of requests) {
    if (request.values === null) yield request;
    else yield* readRequest(request, request.values);
  }
}

function* readRequest(
  { line, text }: FileRecord,
  values: Record<string, unknown>,
): Generator<FileRecord> {
  if (!Array.isArray(values['resourceSpans'])) {
    yield faultyRecord(line, 'it has no resourceSpans, so it is no trace of OTLP', text);
    return;
  }
  for (const span of readOtlpSpans(values)) yield readRecord(line, toValues(span), '');
}

function toValues(span: OtlpSpan): Record<string, unknown> {
  const call = readSpanCall(span);
  const attributes = span.owned;
  if (call !== null) return { ...call, span: REQUEST_SPAN, attributes };
  return { span: attributes['gen_ai.operation.name'] ?? 'without a known operation', attributes };
}
