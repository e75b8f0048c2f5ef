import Box from '@mui/material/Box';
import type { ReactElement, ReactNode } from 'react';
import { UsageRangePicker } from '../wrappers/index.js';

/** The top of a page, next to the range: its title or the way back. */
export interface PageHeaderProps {
  /** @default true */
  hasRange?: boolean;
  children: ReactNode;
}

/** Title and range side by side; on a phone below each other. */
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
      }}
    >
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>{children}</Box>
      {hasRange && <UsageRangePicker />}
    </Box>
  );
}
