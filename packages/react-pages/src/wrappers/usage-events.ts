import type { EventName } from '@lit/react';
import type {
  UsageAuthRequiredEvent,
  UsageErrorEvent,
  UsageLoadEvent,
  UsageRangeChangeEvent,
  UsageViewChangeEvent,
} from '@usage-kit/widgets';

/** The events that every element fires, as React properties. */
export const usageEvents = {
  onUsageLoad: 'usage-load' as EventName<UsageLoadEvent>,
  onUsageError: 'usage-error' as EventName<UsageErrorEvent>,
  onUsageAuthRequired: 'usage-auth-required' as EventName<UsageAuthRequiredEvent>,
};

/** The event of elements in which the reader chooses a view. */
export const viewEvents = {
  onUsageViewChange: 'usage-view-change' as EventName<UsageViewChangeEvent>,
};

/** The event of elements in which the reader chooses a range. */
export const rangeEvents = {
  onUsageRangeChange: 'usage-range-change' as EventName<UsageRangeChangeEvent>,
};
