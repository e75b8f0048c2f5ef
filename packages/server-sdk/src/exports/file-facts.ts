import type { ExportFooter, ExportHeader, LedgerTotals } from '../contract/exports.js';
import type { Totals } from '../contract/common.js';
import { parseInstant } from '../values/parse-instant.js';
import type { ColumnType } from './export-table.js';
import { createTotalsColumns } from './totals-columns.js';

/** One line of what a file says of itself. */
export interface FileFact {
  name: string;
  type: Exclude<ColumnType, 'json'>;
  value: string | number | null;
}

/**
 * What a file says of itself, for formats without objects: what its rows are, their units, their totals, and as the last
 * line that it is complete.
 */
export function listFacts(header: ExportHeader, footer: ExportFooter): FileFact[] {
  return [
    text('file', `Usage Kit export of ${header.kind}, version ${header.version}`),
    instant('from', header.range.from),
    instant('to', header.range.to),
    text('timeZone', header.range.timeZone),
    ...Object.entries(header.filters).map(([name, value]) =>
      text(`filter ${name}`, Array.isArray(value) ? value.join(', ') : String(value)),
    ),
    ...listOrder(header),
    instant('asOf', header.freshness.asOf),
    instant('rolledUpThrough', header.freshness.rolledUpThrough),
    instant('archivedBefore', header.freshness.archivedBefore ?? null),
    ...(header.stale === null ? [] : [instant('staleSince', header.stale.since)]),
    text('currency', header.currency),
    ...(header.quotaCurrency === null ? [] : [text('quotaCurrency', header.quotaCurrency.symbol)]),
    ...Object.entries(header.units).map(([name, unit]) => text(`unit ${name}`, unit)),
    ...listTotals(footer.totals, header.currency),
    { name: 'rows', type: 'integer', value: footer.rows },
    text('checked', footer.checked),
    text('complete', 'true'),
  ];
}

function text(name: string, value: string): FileFact {
  return { name, type: 'text', value };
}

function instant(name: string, value: string | null): FileFact {
  return { name, type: 'instant', value: value === null ? null : parseInstant(value) };
}

function listOrder({ sortBy, sortOrder, granularity }: ExportHeader): FileFact[] {
  return [
    ...(sortBy === null ? [] : [text('sortBy', sortBy)]),
    ...(sortOrder === null ? [] : [text('sortOrder', sortOrder)]),
    ...(granularity === null ? [] : [text('granularity', granularity)]),
  ];
}

function listTotals(totals: ExportFooter['totals'], currency: string): FileFact[] {
  return isLedger(totals) ? listLedgerTotals(totals) : listFigures(totals, currency);
}

function isLedger(totals: ExportFooter['totals']): totals is LedgerTotals {
  return 'byKind' in totals;
}

function listFigures(totals: Totals, currency: string): FileFact[] {
  return createTotalsColumns(currency).flatMap(({ name, type }) =>
    type === 'json' ? [] : [{ name: `total ${name}`, type, value: totals[name as keyof Totals] }],
  );
}

function listLedgerTotals({ amount, byKind, sum }: LedgerTotals): FileFact[] {
  const decimal = (name: string, value: string | null): FileFact => ({
    name: `total ${name}`,
    type: 'decimal',
    value,
  });
  return [
    decimal('amount', amount),
    ...Object.entries(byKind).map(([kind, value]) => decimal(kind, value)),
    ...(sum === null
      ? []
      : Object.entries(sum as unknown as Record<string, string | null>).map(([name, value]) =>
          decimal(`sum ${name}`, value),
        )),
  ];
}
