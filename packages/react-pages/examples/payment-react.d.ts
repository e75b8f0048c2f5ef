/**
 * What the example uses of `@blocklet/payment-react`, as its 1.23.8 declares it. It is not installed here: with what it
 * needs it is 1.3 GB (docs/adr/0060-top-up-by-render-prop.md); `npm run check-top-up` installs it elsewhere and checks the example by it.
 */
declare module '@blocklet/payment-react' {
  import type { SessionContext } from '@arcblock/did-connect-react/lib/types';
  import type { ReactElement, ReactNode } from 'react';

  export function PaymentProvider(props: {
    session: SessionContext['session'];
    connect: SessionContext['connectApi'];
    children: ReactNode;
  }): ReactElement | null;

  export function AutoTopupModal(props: {
    open: boolean;
    onClose: () => void;
    currencyId: string;
  }): ReactElement;
}

declare module '@arcblock/did-connect-react/lib/types' {
  export interface SessionContext {
    session: { user?: { did: string } };
    connectApi: { open: (...args: never[]) => unknown };
  }
}
