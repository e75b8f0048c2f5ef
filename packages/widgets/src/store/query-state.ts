import type { UsageRequestError } from '../client/usage-request-error.js';

/**
 * State of a query. The last good data stays available through `refreshing` and `failed`; `updatedAtMs` is its epoch ms.
 *
 * `failed.retryAtMs` is when the store retries by itself, epoch ms; `null` when it has stopped until inputs change.
 * `placeholder` is data of the same element for its former inputs: shown dimmed so that nothing jumps, never as current.
 */
export type QueryState<T> =
  | { status: 'idle' }
  | { status: 'loading'; placeholder?: T }
  | { status: 'ready'; data: T; updatedAtMs: number }
  | { status: 'refreshing'; data: T; updatedAtMs: number }
  | {
      status: 'failed';
      error: UsageRequestError;
      retryAtMs: number | null;
      data?: T;
      updatedAtMs?: number;
    };

/** Data of a state if it has any, current or last good. */
export function getData<T>(state: QueryState<T>): T | undefined {
  return 'data' in state ? state.data : undefined;
}
