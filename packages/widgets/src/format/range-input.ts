/** The default range. */
export const DEFAULT_FROM = 'last-30-days';

/** A range as written in attributes; `resolveRange` says what is understood. */
export interface RangeInput {
  from: string;
  /** Empty: up to now. */
  to: string;
}
