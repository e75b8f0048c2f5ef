import { createWriteStream, existsSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { parse } from 'csv-parse/sync';
import { adaProfile } from '../seed/profiles.js';
import {
  drawServegenCalls,
  type MeasuredCall,
  type ServegenCall,
  type ServegenHour,
} from '../seed/servegen-calls.js';
import { Progress } from './console.js';

const HOUR_MS = 3_600_000;
const TRACE_HOURS = 14 * 24;

const COLUMNS = [
  'id',
  'appDid',
  'provider',
  'model',
  'status',
  'startedAtMs',
  'durationMs',
  'ttfbMs',
  'inputTokens',
  'outputTokens',
  'errorReason',
] as const satisfies readonly (keyof ServegenCall)[];

type CsvRow = Record<string, string>;

function readCsv(path: string): CsvRow[] {
  return parse<CsvRow>(readFileSync(path), { columns: true, skip_empty_lines: true });
}

/** An empty field is a figure that is not known. */
function readNumber(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}

function readHours(directory: string): ServegenHour[] {
  return readCsv(join(directory, 'servegen', 'm-small-hourly.csv')).map((row) => ({
    client: Number(row['client']),
    hour: Number(row['hour']),
    requestsPerSecond: Number(row['mean_requests_per_second']),
    meanInputTokens: readNumber(row['mean_input_tokens']),
    meanOutputTokens: readNumber(row['mean_output_tokens']),
  }));
}

function readMeasured(directory: string): MeasuredCall[] {
  return readCsv(join(directory, 'llmperf', 'calls.csv')).map((row) => ({
    provider: row['provider'] ?? '',
    model: row['model'] ?? '',
    status: row['status'] === 'success' ? 'success' : 'failed',
    errorReason: [row['error_code'], row['error_message']].filter(Boolean).join(': '),
    ttfbMs: readNumber(row['ttft_ms']),
    durationMs: readNumber(row['duration_ms']),
    inputTokens: readNumber(row['input_tokens']),
    outputTokens: readNumber(row['output_tokens']),
  }));
}

/** The folder that holds `servegen/` and `llmperf/`, whether it or one of the two was named. */
function getDataDirectory(directory: string): string {
  const isInside = existsSync(join(directory, 'm-small-hourly.csv'));
  return isInside ? dirname(directory) : directory;
}

/**
 * Draws a load from the production traces and writes it as CSV for `usage-kit import`; an existing file is reused.
 *
 * @param calls how many calls to draw, at least
 * @param nowMs the trace's two weeks end with the hour before
 */
export async function writeServegenFile(
  directory: string,
  calls: number,
  target: string,
  nowMs: number,
): Promise<void> {
  if (existsSync(target)) return;
  const data = getDataDirectory(directory);
  const startMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS - TRACE_HOURS * HOUR_MS;
  const drawn = drawServegenCalls({
    seed: 'servegen',
    hours: readHours(data),
    measured: readMeasured(data),
    calls,
    startMs,
  });
  const progress = new Progress('Drawing calls ');
  const stream = createWriteStream(`${target}.part`);
  // The names of a call's fields: the import needs no mapping.
  stream.write(`userDid,${COLUMNS.join(',').replace('startedAtMs', 'startedAt')}\n`);
  let count = 0;
  for (const call of drawn) {
    count += 1;
    if (!stream.write(toLine(call))) {
      await once(stream, 'drain');
      progress.update(Math.min(1, count / calls), `${count.toLocaleString('en')} calls`);
    }
  }
  stream.end();
  await once(stream, 'finish');
  renameSync(`${target}.part`, target);
  progress.finish(`${count.toLocaleString('en')} calls`);
}

function toLine(call: ServegenCall): string {
  const fields = COLUMNS.map((column) => toField(call[column]));
  return `${adaProfile.userDid},${fields.join(',')}\n`;
}

function toField(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
