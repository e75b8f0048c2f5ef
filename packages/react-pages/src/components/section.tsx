import Button from '@mui/material/Button';
import { Component, type ReactElement, type ReactNode } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { PageNotice } from './page-notice.js';

function BrokenSection({ onRetry }: { onRetry: () => void }): ReactElement {
  const messages = useMessages();
  return (
    <PageNotice title={messages.brokenTitle} text={messages.brokenText}>
      <Button onClick={onRetry}>{messages.retry}</Button>
    </PageNotice>
  );
}

/** Keeps what breaks inside of it from taking the page down. */
export class Section extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return <BrokenSection onRetry={() => this.setState({ isBroken: false })} />;
  }
}
