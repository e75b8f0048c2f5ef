/** All that a trend needs for its groups and for the period before; loaded with the first of them. */
export { breakDownSpec } from './break-down-spec.js';
export { renderBeforeLegend, renderGroupLegend } from './group-legend.js';
export { describePoint, renderPoint } from './group-point.js';
export { toGroupHeadings, toGroupTableRows } from './group-table.js';
export { toGroupViews } from './group-view.js';
