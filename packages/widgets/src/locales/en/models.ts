import { defineMessages } from '../define-messages.js';

/** The models of a project. */
export const modelMessages = /* @__PURE__ */ defineMessages({
  otherModels: 'Other ({count})',
  models: 'Models',
  model: 'Model',
  share: 'Share',
  modelsSummary: 'Share of calls by model: {values}',
  modelsEmptyTitle: 'No calls in this range',
  modelsEmptyText: 'Models appear here after their first call.',
});
