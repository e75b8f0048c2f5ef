import type { UsageAuthRequiredEvent } from './usage-auth-required.js';
import type { UsageErrorEvent } from './usage-error.js';
import type { UsageEvidenceSelectEvent } from './usage-evidence-select.js';
import type { UsageLoadEvent } from './usage-load.js';
import type { UsageProjectSelectEvent } from './usage-project-select.js';
import type { UsageRangeChangeEvent } from './usage-range-change.js';
import type { UsageTopUpEvent } from './usage-top-up.js';
import type { UsageViewChangeEvent } from './usage-view-change.js';

/** Every event of every element by name. */
export interface UsageEventMap {
  'usage-load': UsageLoadEvent;
  'usage-error': UsageErrorEvent;
  'usage-auth-required': UsageAuthRequiredEvent;
  'usage-range-change': UsageRangeChangeEvent;
  'usage-project-select': UsageProjectSelectEvent;
  'usage-evidence-select': UsageEvidenceSelectEvent;
  'usage-top-up': UsageTopUpEvent;
  'usage-view-change': UsageViewChangeEvent;
}

declare global {
  // eslint's no-empty-object-type accepts an interface that only merges.
  interface HTMLElementEventMap extends UsageEventMap {}
}
