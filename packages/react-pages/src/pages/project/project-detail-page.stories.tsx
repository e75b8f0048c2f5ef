import Link from '@mui/material/Link';
import { createPageStory, failing } from '../../test-support/page-story.js';
import { ProjectDetailPage } from './project-detail-page.js';

export default { title: 'Pages/Project' };

const page = (
  <ProjectDetailPage
    appDid="support-assistant"
    signInHref="#sign-in"
    back={<Link href="#dashboard">← All usage</Link>}
  />
);

export const Ready = createPageStory(page);
export const Loading = createPageStory(page, { mode: 'slow' });
export const Empty = createPageStory(page, { mode: 'empty' });
export const OnePartFailed = createPageStory(page, { overrides: { getProjectModels: failing } });
export const AllFailed = createPageStory(page, { mode: 'error' });
export const NotFound = createPageStory(page, { mode: 'not-found' });
export const SignedOut = createPageStory(page, { mode: 'signed-out' });
export const Forbidden = createPageStory(page, { mode: 'forbidden' });
