/** Stands for your app's own session, of `@arcblock/did-connect-react`, and for the currency that your credits are in. */
export const useSession = (): {
  session: unknown;
  connectApi: unknown;
  creditCurrencyId: string;
} => ({ session: {}, connectApi: {}, creditCurrencyId: 'cur_credits' });
