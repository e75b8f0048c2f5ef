import type { Column } from '../../templates/data-table.js';

export type LedgerColumnId =
  'time' | 'kind' | 'description' | 'expires' | 'left' | 'amount' | 'balance';

/** The columns of the ledger in their order, as a placeholder has them, too. */
export const LEDGER_COLUMNS: readonly (Pick<Column<unknown, never>, 'isFigure' | 'isHeading'> & {
  id: LedgerColumnId;
})[] = [
  { id: 'time' },
  { id: 'kind' },
  { id: 'description', isHeading: true },
  { id: 'expires' },
  { id: 'left', isFigure: true },
  { id: 'amount', isFigure: true },
  { id: 'balance', isFigure: true },
];
