import { FileRefused } from './file-record.js';
import { formatForMessage } from './read-value.js';

/** A report whose rows stand for many calls, by columns that only it has. */
interface AggregatedReport {
  columns: readonly string[];
  what: string;
  /** Its name in `usage-kit reconcile --from`; `null` where no command reads it. */
  reconcile: string | null;
}

const REPORTS: readonly AggregatedReport[] = [
  {
    columns: ['num_model_requests', 'input_tokens'],
    what: 'a usage report of OpenAI',
    reconcile: 'openai-usage',
  },
  {
    columns: ['amount_value', 'amount_currency'],
    what: 'a bill of OpenAI',
    reconcile: 'openai-costs',
  },
  {
    columns: ['amount', 'line_item'],
    what: 'a bill of OpenAI',
    reconcile: 'openai-costs',
  },
  {
    columns: ['uncached_input_tokens', 'output_tokens'],
    what: 'a usage report of Anthropic',
    reconcile: 'anthropic-usage',
  },
  {
    columns: ['usage_input_tokens_no_cache', 'usage_output_tokens'],
    what: 'a usage report of Anthropic',
    reconcile: 'anthropic-usage',
  },
  {
    columns: ['amount', 'currency', 'cost_type'],
    what: 'a bill of Anthropic',
    reconcile: 'anthropic-costs',
  },
  {
    columns: ['day', 'model', 'request_count'],
    what: 'a spend report of the Vercel AI Gateway',
    reconcile: 'vercel',
  },
  {
    columns: ['date', 'requests', 'byok_usage_inference'],
    what: 'a daily activity report of OpenRouter',
    reconcile: 'openrouter',
  },
  ...[
    ['results', 'start_time'],
    ['results', 'starting_at'],
  ].map((columns) => ({
    columns,
    what: `a report by period (it has ${columns.join(' and ')})`,
    reconcile: null,
  })),
];

/**
 * Refuses a report whose rows stand for many calls, which would each be counted as one.
 *
 * @throws FileRefused with a sentence that says what the file is and what reads it
 */
export function refuseAggregated(columns: readonly string[]): void {
  const report = REPORTS.find((item) => item.columns.every((name) => columns.includes(name)));
  if (report !== undefined) refuseReport(report.what, report.reconcile);
}

/** Refuses a report, which the text describes. @throws FileRefused */
export function refuseReport(what: string, reconcile: string | null): never {
  const remedy =
    reconcile === null
      ? 'export single requests and import those'
      : `compare it with your calls by usage-kit reconcile --from ${reconcile} FILE, or import an export of single requests`;
  throw new FileRefused(
    `The file is ${what}: each row stands for many calls, so it can't be imported as calls; ${remedy}`,
  );
}

/** Columns that say how many calls a row stands for. */
const COUNTS = ['num_model_requests', 'request_count', 'num_requests', 'total_requests'];

/** Describes a row of any other file that stands for another number of calls than one; `null` for one that is a call. */
export function describeAggregated(values: Record<string, unknown>): string | null {
  const name = COUNTS.find((column) => {
    const value = values[column];
    const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof count === 'number' && !Number.isNaN(count) && count !== 1;
  });
  if (name === undefined) return null;
  return `it stands for ${formatForMessage(values[name])} calls (${name}), so it can't be one`;
}

/** The columns of a record of JSON, and those of the rows that it groups. */
export function listColumns(values: Record<string, unknown>): string[] {
  const rows = values['results'];
  const first: unknown = Array.isArray(rows) ? rows[0] : undefined;
  const isObject = typeof first === 'object' && first !== null;
  return [
    ...Object.keys(values).filter((name) => name !== 'results' || Array.isArray(rows)),
    ...(isObject ? Object.keys(first) : []),
  ];
}
