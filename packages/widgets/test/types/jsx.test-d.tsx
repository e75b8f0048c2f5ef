import type { JSX } from 'react';
import type {} from '@usage-kit/widgets/jsx';
import type { UsageProjects } from '@usage-kit/widgets';

/** Compiled, never run: what the types let through, and what they do not. */
export const right: JSX.Element = (
  <usage-provider baseUrl="/api/usage" time-zone="UTC" getToken={() => 'token'}>
    <usage-quota
      headingLevel={3}
      theme="dark"
      className="wide"
      onusage-load={({ detail }) => detail.data}
    />
    <usage-projects
      page-size={5}
      project-href="/p/{appDid}"
      ref={(element: UsageProjects | null) => void element?.pageSize}
      onusage-project-select={(event) => event.detail.appDid.length}
    />
  </usage-provider>
);

export const wrong: JSX.Element[] = [
  // @ts-expect-error a heading level is a number
  <usage-quota key="a" headingLevel="three" />,
  // @ts-expect-error what only a getter gives cannot be set
  <usage-quota key="c" zoneText="UTC" />,
  // @ts-expect-error the event has no such detail
  <usage-projects key="d" onusage-project-select={(event) => event.detail.nothing} />,
  // @ts-expect-error no such metric
  <usage-trends key="e" metric="smiles" />,
];
