import type { Quota } from '@usage-kit/server-sdk/contract';
import { formatCredits } from '../../format/credits.js';
import { quotaMessages } from '../../locales/en/quota.js';
import { quotaFigureMessages } from '../../locales/en/quota-figures.js';
import type { Localizer } from '../../locales/localizer.js';
import { toSafeUrl } from '../../utils/safe-url.js';

/** What the page has for a top-up. */
export interface HostTopUp {
  /** Whether it opens a dialog at `usage-top-up`. */
  hasDialog: boolean;
  /** Its own link, in place of the provider's. */
  url: string | undefined;
}

/** The top-up button. */
export interface TopUpView {
  label: string;
  /** The state of automatic top-up; empty where it is not known. */
  text: string;
  /** Where it leads without a dialog; `null` for an unsafe link. */
  url: string | null;
}

/**
 * The top-up button: there whenever the page has a dialog or a link, else where the provider has a link or an automatic top-up.
 *
 * @param quota `null` until there is a balance
 */
export function toTopUpView(
  quota: Quota | null,
  { hasDialog, url: hostUrl }: HostTopUp,
  localizer: Localizer,
): TopUpView | null {
  const ownUrl = toSafeUrl(hostUrl);
  const url = ownUrl ?? toSafeUrl(quota?.topUpUrl);
  const isAutomatic = hasDialog || ownUrl !== null || hasAutoRecharge(quota);
  if (isAutomatic)
    return { label: localizer.t(quotaMessages.topUp), text: toState(quota, localizer), url };
  return url === null ? null : { label: localizer.t(quotaFigureMessages.topUpOnce), text: '', url };
}

const hasAutoRecharge = (quota: Quota | null): boolean => (quota?.autoRecharge ?? null) !== null;

function toState(quota: Quota | null, { t, formatters }: Localizer): string {
  if (quota === null) return '';
  const { autoRecharge, status } = quota;
  if (autoRecharge === null)
    return status === 'unavailable' ? '' : t(quotaFigureMessages.topUpNotSetUp);
  if (!autoRecharge.enabled) return t(quotaFigureMessages.topUpOff);
  if (autoRecharge.threshold === null) return '';
  return t(quotaFigureMessages.topUpOn, {
    threshold: formatCredits(formatters, autoRecharge.threshold),
  });
}
