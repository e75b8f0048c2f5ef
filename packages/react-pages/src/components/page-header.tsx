import Box from '@mui/material/Box';
import type { ReactElement, ReactNode } from 'react';
import { PHONE } from './page-frame.js';
import { UsageRangePicker } from '../wrappers/index.js';

/** The top of a page, next to the range: its title or the way back. */
export interface PageHeaderProps {
  /** @default true */
  hasRange?: boolean;
  children: ReactNode;
}

/** In sight of a reader further down; a host with a bar above sets how high that is. */
const RANGE_STYLE = {
  [PHONE]: {
    position: 'sticky',
    top: 'var(--usage-sticky-top, 0px)',
    zIndex: 2,
    py: 1,
    my: 1,
    bgcolor: 'background.default',
  },
};

/** Title and range side by side; on a phone below each other, where the range stays in sight. */
export function PageHeader({ hasRange = true, children }: PageHeaderProps): ReactElement {
  return (
    <Box
      component="header"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        justifyContent: 'space-between',
        gap: 2,
        // What is sticky is so within its parent: here the page, not its header.
        [PHONE]: { display: 'contents' },
      }}
    >
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>{children}</Box>
      {hasRange && (
        <Box sx={RANGE_STYLE}>
          <UsageRangePicker />
        </Box>
      )}
    </Box>
  );
}
