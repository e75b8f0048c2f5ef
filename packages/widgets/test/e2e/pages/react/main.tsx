import { StrictMode, useState, type JSX } from 'react';
import { createRoot } from 'react-dom/client';
import '@usage-kit/widgets/define';
import type {} from '@usage-kit/widgets/jsx';
import { connection } from './connection.js';
import { Credits } from './credits.js';

/** Elements as React 19 takes them: properties, attributes and events, no wrapper. */
function Usage(): JSX.Element {
  const [opened, setOpened] = useState('none');
  const [from, setFrom] = useState<string | null>('last-7-days');
  return (
    <usage-provider {...connection} time-zone="UTC">
      <output>{opened}</output>
      <usage-quota headingLevel={3} />
      <usage-projects
        page-size={5}
        onusage-project-select={(event) => {
          event.preventDefault();
          setOpened(event.detail.appDid);
        }}
      />
      {from !== null && <Credits from={from} />}
      <button id="range" onClick={() => setFrom('last-90-days')} />
      <button id="unmount" onClick={() => setFrom(null)} />
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
