import '@usage-kit/widgets/elements/usage-range-picker';
import { UsageRangePicker as UsageRangePickerElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';
import { rangeEvents } from './usage-events.js';

/** Chooses the range of everything below the same provider. */
export const UsageRangePicker = createUsageComponent({
  elementClass: UsageRangePickerElement,
  displayName: 'UsageRangePicker',
  events: rangeEvents,
});
