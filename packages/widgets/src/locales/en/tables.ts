import { defineMessages } from '../define-messages.js';

/** Sorting, filters and pages of tables. */
export const tableMessages = /* @__PURE__ */ defineMessages({
  previousPage: 'Previous page',
  nextPage: 'Next page',
  pageOf: '{from}–{to} of {total}',
  filters: 'Filters',
  all: 'All',
  columns: 'Columns',
  defaultColumns: 'Default columns',
  sortBy: 'Sort by',
  sortAscending: 'Ascending',
  sortDescending: 'Descending',
  showMore: 'Show all figures of {name}',
  showLess: 'Show fewer figures of {name}',
});
