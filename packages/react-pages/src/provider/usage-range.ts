/** A range as the elements write it: `last-30-days`, dates, instants; an empty `to` is now. */
export interface UsageRange {
  from: string;
  to: string;
}
