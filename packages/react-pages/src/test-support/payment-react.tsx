import Dialog from '@mui/material/Dialog';
import type { ReactElement, ReactNode } from 'react';

/** As payment-react's; `vitest.config.ts` puts this file in the place of the package. */
export function PaymentProvider({ children }: { children: ReactNode }): ReactElement {
  return <div data-payment-provider>{children}</div>;
}

/** As payment-react's in 1.23.8. */
export function AutoTopupModal(props: {
  open: boolean;
  onClose: () => void;
  currencyId: string;
}): ReactElement {
  return (
    <Dialog open={props.open} onClose={props.onClose}>
      <p>Top up {props.currencyId}</p>
      <button onClick={props.onClose}>Cancel</button>
    </Dialog>
  );
}
