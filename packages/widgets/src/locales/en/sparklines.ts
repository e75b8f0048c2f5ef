import { defineMessages } from '../define-messages.js';

/** What a row of the project list draws besides its figures. */
export const sparklineMessages = /* @__PURE__ */ defineMessages({
  overTimeHint: '{metric}, each project to its own scale',
  sparklineHighest: '{metric}: highest on {when}, {value}',
  sparklineConstant: '{metric}: {value} throughout',
  sparklineUnknown: '{metric}: unknown',
  shareOfAll: '{share} of all projects’ {total}',
});
