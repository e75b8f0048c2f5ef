import type { CallType } from '../contract/common.js';

/** Minutes after its start at which a call that has not ended is taken to be abandoned, by type; `default`: all others. */
export type AbandonAfter = Readonly<Partial<Record<CallType, number>> & { default: number }>;

/** Error reason of a call whose process is taken to be gone. */
export const ABANDONED = 'abandoned';
