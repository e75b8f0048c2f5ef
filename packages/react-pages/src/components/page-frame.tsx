import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { ReactElement, ReactNode } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { toLink } from '../url/to-link.js';
import { PageNotice } from './page-notice.js';
import { usePageProblem, type PageProblem } from './use-page-problem.js';

/** Properties of the frame of both pages. */
export interface PageFrameProps {
  /** Tag of the element whose failure is the page's failure. */
  lead: string;
  header: ReactNode;
  /** A link out of a page that does not exist. */
  back?: ReactNode;
  /** Where to sign in. Without it a button reloads the page. */
  signInHref?: string;
  children: ReactNode;
}

/** Where a page is as wide as on a large screen; measured at the page, which may be next to a host's menu. */
export const WIDE = '@container usage-page (min-width: 118rem)';

/** Where a page is as narrow as on a phone. */
export const PHONE = '@container usage-page (max-width: 36rem)';

/** Where a smaller card fits next to a larger one. */
export const SIDE_BY_SIDE = '@container usage-page (min-width: 50rem)';

/** Where a third of the page is more than a smaller card needs. */
export const VERY_WIDE = '@container usage-page (min-width: 96rem)';

/** Heights of the placeholders in a server's document, so that the elements shift nothing. */
const FRAME_STYLE = {
  container: 'usage-page / inline-size',
  '& [data-usage-placeholder]': { minHeight: '12rem' },
  '& [data-usage-placeholder="usage-range-picker"]': { minHeight: '2.25rem' },
  '& [data-usage-placeholder="usage-trends"], & [data-usage-placeholder="usage-project-trends"], & [data-usage-placeholder="usage-project-models"]':
    { minHeight: '27rem' },
  '& [data-usage-placeholder="usage-activity"]': { minHeight: '28rem' },
  '& [data-usage-placeholder="usage-project-latency"], & [data-usage-placeholder="usage-project-failures"]':
    { minHeight: '26rem' },
  '& [data-usage-placeholder="usage-projects"], & [data-usage-placeholder="usage-call-history"]': {
    minHeight: '60rem',
  },
};

/** The column of a page; one screen in its place when the session has ended or the person has no access. */
export function PageFrame(props: PageFrameProps): ReactElement {
  const { lead, header, children, ...exits } = props;
  const [problem, ref] = usePageProblem(lead);
  return (
    <Box ref={ref} sx={FRAME_STYLE}>
      {problem ? (
        <ProblemScreen problem={problem} {...exits} />
      ) : (
        <Stack spacing={{ xs: 2, sm: 3 }}>
          {header}
          {children}
        </Stack>
      )}
    </Box>
  );
}

function ProblemScreen({
  problem,
  back,
  signInHref,
}: Pick<PageFrameProps, 'back' | 'signInHref'> & { problem: PageProblem }): ReactElement {
  const messages = useMessages();
  const reload = <Button onClick={() => window.location.reload()}>{messages.reload}</Button>;
  const exits: Record<PageProblem, ReactNode> = {
    signedOut: toLink(signInHref) ? (
      <Button variant="contained" href={toLink(signInHref)}>
        {messages.signIn}
      </Button>
    ) : (
      reload
    ),
    forbidden: back ?? reload,
    notFound: back,
  };
  return (
    <PageNotice level={1} title={messages[`${problem}Title`]} text={messages[`${problem}Text`]}>
      {exits[problem]}
    </PageNotice>
  );
}
