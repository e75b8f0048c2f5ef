import type { CallType } from '../contract/common.js';

/** Minutes after its start at which a call that has not ended is abandoned, by type; `default`: all other types. */
export type AbandonAfter = Readonly<Partial<Record<CallType, number>> & { default: number }>;

/** Error reason of an abandoned call. */
export const ABANDONED = 'abandoned';
