import { z } from 'zod';
import {
  CSV_DECIMALS,
  CSV_DELIMITERS,
  EXPORT_FORMATS,
  type ExportFormatParams,
  type ExportKind,
} from '../../contract/exports.js';
import type { ExportQuery, FileForm } from '../../exports/export-query.js';
import { createProjectNotFound } from '../../queries/project-service.js';
import { isIdentifier, MAX_DID_LENGTH } from '../../values/user-did.js';
import {
  defineQuery,
  defineRangeQuery,
  type QueryContext,
  parameterError,
} from '../core/define-query.js';
import { defineTrendQuery } from '../core/define-trend-query.js';
import { ledgerParameters, requireLedgerRange } from '../endpoints/get-quota-details.js';
import { callListParameters, resolveValueFilters } from '../endpoints/list-project-calls.js';
import { projectListParameters, resolveProjectOrder } from '../endpoints/list-projects.js';
import { groupParameters, seriesParameters } from '../schemas/trend-parameters.js';
import { oneOf, text } from '../schemas/parameters.js';
import { rangeParameters } from '../schemas/range-parameters.js';

/** What is exported, and in which form. */
export interface ParsedExport {
  query: ExportQuery;
  form: FileForm;
}

/** An export as the rest of the server sees it. */
export interface ExportEndpoint {
  /** One line of the documentation. */
  readonly summary: string;
  readonly parameters: z.ZodType;
  /** @throws UsageError `PARAMETER_INVALID`, `PROJECT_NOT_FOUND` for what no project can be named */
  parse(queryString: string, context: QueryContext): ParsedExport;
}

const formParameters = {
  format: oneOf(EXPORT_FORMATS, 'Format of the file'),
  delimiter: oneOf(CSV_DELIMITERS, 'What separates fields; only of csv, default comma').optional(),
  decimal: oneOf(CSV_DECIMALS, 'What separates decimals; only of csv, default point').optional(),
};
const projectParameter = {
  appDid: text(1024, 'One project; default: all that may be seen').optional(),
};

const CALLS = defineRangeQuery(
  z.strictObject({ ...callListParameters, ...projectParameter, ...formParameters }),
);
const PROJECTS = defineRangeQuery(z.strictObject({ ...projectListParameters, ...formParameters }));
const TRENDS = defineTrendQuery(
  z.strictObject({
    ...seriesParameters,
    ...groupParameters,
    ...projectParameter,
    ...formParameters,
  }),
);
const MODELS = defineRangeQuery(
  z.strictObject({ ...rangeParameters, ...projectParameter, ...formParameters }),
);
const LEDGER = defineQuery(z.strictObject({ ...ledgerParameters, ...formParameters }));

/** Every export by its kind, with the parameters of the endpoint that shows the same. */
export const EXPORTS: { readonly [Kind in ExportKind]: ExportEndpoint } = {
  calls: {
    summary: 'A file with calls, one by one',
    parameters: CALLS.schema,
    parse: (queryString, context) => {
      const values = CALLS.parse(queryString, context);
      const { minDurationMs, search, sortBy, sortOrder, range } = values;
      const appDid = resolveProject(values.appDid);
      if (sortBy === 'duration' && appDid === null) {
        const detail = 'can be `duration` for one project only; name it by `appDid`';
        throw parameterError([{ parameter: 'sortBy', detail }]);
      }
      return {
        query: {
          kind: 'calls',
          range,
          appDid,
          ...resolveValueFilters(values),
          minDurationMs: minDurationMs ?? null,
          search: search ?? null,
          sortBy: sortBy ?? 'time',
          sortOrder: sortOrder ?? 'desc',
        },
        form: resolveForm(values),
      };
    },
  },
  projects: {
    summary: 'A file with the projects called through in a range',
    parameters: PROJECTS.schema,
    parse: (queryString, context) => {
      const values = PROJECTS.parse(queryString, context);
      const { range, search } = values;
      return {
        query: { kind: 'projects', range, search: search ?? null, ...resolveProjectOrder(values) },
        form: resolveForm(values),
      };
    },
  },
  trends: {
    summary: 'A file with calls over time',
    parameters: TRENDS.schema,
    parse: (queryString, context) => {
      const values = TRENDS.parse(queryString, context);
      const { range, granularity, group } = values;
      const appDid = resolveProject(values.appDid);
      if (group?.by === 'project' && appDid !== null) {
        const detail = 'can be `project` for all projects only';
        throw parameterError([{ parameter: 'groupBy', detail }]);
      }
      const query = { kind: 'trends', range, granularity, group, appDid } as const;
      return { query, form: resolveForm(values) };
    },
  },
  models: {
    summary: 'A file with calls by model',
    parameters: MODELS.schema,
    parse: (queryString, context) => {
      const values = MODELS.parse(queryString, context);
      const appDid = resolveProject(values.appDid);
      return { query: { kind: 'models', range: values.range, appDid }, form: resolveForm(values) };
    },
  },
  ledger: {
    summary: 'A file with the ledger behind the quota',
    parameters: LEDGER.schema,
    parse: (queryString, context) => {
      const values = LEDGER.parse(queryString, context);
      const { kind, from, to } = values;
      requireLedgerRange(from, to);
      return {
        query: {
          kind: 'ledger',
          ledgerKind: kind ?? null,
          fromMs: from ?? null,
          toMs: to ?? null,
        },
        form: resolveForm(values),
      };
    },
  },
};

/** @throws UsageError `PROJECT_NOT_FOUND` for a text that names no project, as for one that does not exist */
function resolveProject(appDid: string | undefined): string | null {
  if (appDid === undefined) return null;
  if (!isIdentifier(appDid, MAX_DID_LENGTH)) throw createProjectNotFound(appDid);
  return appDid;
}

function resolveForm({ format, delimiter, decimal }: ExportFormatParams): FileForm {
  for (const [parameter, value] of Object.entries({ delimiter, decimal })) {
    if (value === undefined || format === 'csv') continue;
    throw parameterError([{ parameter, detail: 'is for csv only' }]);
  }
  return { format, delimiter: delimiter ?? 'comma', decimal: decimal ?? 'point' };
}
