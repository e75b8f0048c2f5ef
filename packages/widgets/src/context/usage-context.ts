import { createContext } from '@lit/context';
import type { GetToken } from '../client/token-source.js';
import type { UsageClient } from '../client/usage-client.js';
import type { RangeInput } from '../format/range.js';
import type { UsageStore } from '../store/usage-store.js';

/** Settings that a provider hands down; what is `undefined` is left to the element's own attribute or the default. */
export interface UsageContextValue {
  baseUrl?: string | undefined;
  timeZone?: string | undefined;
  locale?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  getToken?: GetToken | undefined;
  client?: UsageClient | undefined;
  store?: UsageStore | undefined;
  /** Makes a chosen range everybody's. */
  setRange?: ((range: RangeInput) => void) | undefined;
}

/** Context of the nearest `<usage-provider>`. A registered symbol, so that two bundles on a page meet. */
export const usageContext = createContext<UsageContextValue>(Symbol.for('usage-kit.context'));
