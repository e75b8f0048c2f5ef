export type { PaymentKitClient } from './quota/payment-kit/client.js';
export type { PaymentKitCredentials } from './quota/payment-kit/http-reads.js';
export {
  paymentKitQuota,
  type PaymentKitClientOptions,
  type PaymentKitHttpOptions,
  type PaymentKitMeterOptions,
  type PaymentKitQuotaOptions,
} from './quota/payment-kit/payment-kit-quota.js';
export {
  QuotaProviderError,
  type CreditUse,
  type LedgerPage,
  type LedgerRequest,
  type NoAccount,
  type QuotaBalance,
  type QuotaProvider,
  type QuotaRequest,
} from './quota/quota-provider.js';
