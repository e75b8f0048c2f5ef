import { AutoTopupModal, PaymentProvider } from '@blocklet/payment-react';
import type { ReactElement } from 'react';
import { useSession } from './session.js';

/** payment-kit's dialog, with what it needs around it; a separate file, so that only its opening loads payment-kit. */
export default function TopUpDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { session, connectApi, creditCurrencyId } = useSession();
  return (
    <PaymentProvider session={session} connect={connectApi}>
      <AutoTopupModal open onClose={onClose} currencyId={creditCurrencyId} />
    </PaymentProvider>
  );
}
