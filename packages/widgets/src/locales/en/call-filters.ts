import { defineMessages } from '../define-messages.js';

/** The filters of calls that are set, whose code is loaded with the first one. */
export const filterMessages = /* @__PURE__ */ defineMessages({
  filterIs: '{name}: {value}',
  activeFilters: 'Active filters',
  removeFilter: 'Remove filter {filter}',
});
