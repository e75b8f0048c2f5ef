/**
 * What the example uses of `@blocklet/payment-react`, as its 1.23.8 declares it. It is not installed here: with what it
 * needs it is several hundred packages (docs/adr/0060-top-up-by-render-prop.md).
 */
declare module '@blocklet/payment-react' {
  import type { ReactElement, ReactNode } from 'react';

  export function PaymentProvider(props: {
    session: unknown;
    connect: unknown;
    children: ReactNode;
  }): ReactElement | null;

  export function AutoTopupModal(props: {
    open: boolean;
    onClose: () => void;
    currencyId: string;
  }): ReactElement;
}
