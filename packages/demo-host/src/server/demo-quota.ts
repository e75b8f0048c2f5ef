import { paymentKitQuota, staticQuota, type QuotaProvider } from '@usage-kit/server-sdk';
import { getDemoRechargeId } from '../payment-kit/demo-accounts.js';
import { DEMO_METER } from '../payment-kit/wire.js';

/** How the host reaches its payment-kit. */
export interface PaymentKitAccess {
  baseUrl: string;
  token: string;
}

/** The demo users' credits, from a payment-kit: plans, promotions of which one expires, and a refund. */
export function generatedQuota({ baseUrl, token }: PaymentKitAccess): QuotaProvider {
  return paymentKitQuota({
    baseUrl,
    credentials: { authorization: `Bearer ${token}` },
    meter: DEMO_METER,
    autoRechargeIdOf: getDemoRechargeId,
    billingUrl: 'https://example.com/billing',
  });
}

/** Nothing is known of the credits behind an imported file. */
export function importedQuota(): QuotaProvider {
  return staticQuota({ entries: [], isUnlimited: () => true });
}
