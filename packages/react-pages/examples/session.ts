import type { SessionContext } from '@arcblock/did-connect-react/lib/types';

/** Stands for your app's own session, of `@arcblock/did-connect-react`, and for the currency that your credits are in. */
export const useSession = (): SessionContext & { creditCurrencyId: string } => ({
  ...({} as SessionContext),
  creditCurrencyId: 'cur_credits',
});
