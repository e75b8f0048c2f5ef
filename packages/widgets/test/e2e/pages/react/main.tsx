import { StrictMode, useState, type JSX } from 'react';
import { createRoot } from 'react-dom/client';
import '@usage-kit/widgets/define';
import type {} from '@usage-kit/widgets/jsx';

/** Elements as React 19 takes them: properties, attributes and events, no wrapper. */
function Usage(): JSX.Element {
  const [opened, setOpened] = useState('none');
  return (
    <usage-provider baseUrl="/api/usage" getToken={() => 'token-of-the-page'} time-zone="UTC">
      <output>{opened}</output>
      <usage-quota headingLevel={3} />
      <usage-projects
        page-size={5}
        onusage-project-select={(event) => {
          event.preventDefault();
          setOpened(event.detail.appDid);
        }}
      />
    </usage-provider>
  );
}

const root = document.getElementById('app');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Usage />
    </StrictMode>,
  );
}
