import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose calls some work makes; what is left out is taken from the context around it. */
export interface UsageContext {
  userDid?: string | undefined;
  appDid?: string | null | undefined;
  traceId?: string | null | undefined;
}

const contexts = new AsyncLocalStorage<UsageContext>();

/**
 * Runs some work, such as a request of a user, whose calls are theirs: recorders that are made without a user take user,
 * project and trace from here, in everything that the work starts and awaits.
 *
 * @returns what the work returns
 */
export function runWithUsageContext<T>(context: UsageContext, work: () => T): T {
  const given = Object.entries(context).filter(([, value]) => value !== undefined);
  return contexts.run({ ...contexts.getStore(), ...Object.fromEntries(given) }, work);
}

/** The context of the work that is running; empty outside of {@link runWithUsageContext}. */
export function getUsageContext(): UsageContext {
  return contexts.getStore() ?? {};
}

/** Open while the request of a call is being sent. */
interface RecordedRequest {
  isOpen: boolean;
}

const requests = new AsyncLocalStorage<RecordedRequest>();

/**
 * Whether an outer recorder records the request that is being sent, so that an inner one must not count it again. Only until
 * the response begins: what its events start (tools that call a model) are other calls.
 */
export function isBeingRecorded(): boolean {
  return requests.getStore()?.isOpen === true;
}

/** The time in which the request of a call is sent. */
export class RequestScope {
  readonly #request: RecordedRequest = { isOpen: true };

  run<T>(send: () => T): T {
    return requests.run(this.#request, send);
  }

  close(): void {
    this.#request.isOpen = false;
  }
}
