import { defineMessages } from '../define-messages.js';

/** The button with which a person saves what an element shows as a file. */
export const exportMessages = /* @__PURE__ */ defineMessages({
  exportFile: 'Export',
  exportAs: 'Export as',
  exportCsv: 'CSV',
  exportCsvSemicolon: 'CSV with semicolons',
  exportXlsx: 'Excel',
  exportNdjson: 'NDJSON',
  exportRunning: '{size} received',
  exportStarting: 'The file is being made…',
  exportCancel: 'Cancel',
  exportCancelled: 'Cancelled. No file was saved.',
  exportSaved: '{name} is saved.',
  exportFailed: 'The file could not be made. Nothing was saved.',
  exportIncomplete: 'The file did not arrive whole. Nothing was saved.',
  exportBusy: 'Another export is in progress. Try again when it is done.',
  exportRetry: 'Try again',
  exportAbsent: 'Files are not available here.',
});
