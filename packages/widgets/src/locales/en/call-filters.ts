import { defineMessages } from '../define-messages.js';

/** The filters of calls, whose code is loaded when they are used. */
export const filterMessages = /* @__PURE__ */ defineMessages({
  filterIs: '{name}: {value}',
  activeFilters: 'Active filters',
  removeFilter: 'Remove filter {filter}',
  clearValues: 'Clear',
  valuesLoading: 'Loading…',
  valuesFailed: 'These could not be loaded',
});
