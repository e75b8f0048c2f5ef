/** English: the catalogues whose names are the keys of every language. `{name}` is replaced by a parameter. */
export * from './en/advice.js';
export * from './en/alerts.js';
export * from './en/calls.js';
export * from './en/figures.js';
export * from './en/inputs.js';
export * from './en/ledger.js';
export * from './en/metrics.js';
export * from './en/models.js';
export * from './en/overview.js';
export * from './en/polling.js';
export * from './en/projects.js';
export * from './en/quota.js';
export * from './en/range.js';
export * from './en/speed.js';
export * from './en/states.js';
export * from './en/tables.js';
export * from './en/trends.js';
