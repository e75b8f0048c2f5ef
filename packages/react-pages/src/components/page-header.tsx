import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactElement, ReactNode } from 'react';
import { UsageRangePicker } from '../wrappers/index.js';

/** What stands at the top of a page. */
export interface PageHeaderProps {
  title: ReactNode;
  subtitle?: ReactNode;
}

/** The title on one side, the range on the other; on a phone below each other. */
export function PageHeader({ title, subtitle }: PageHeaderProps): ReactElement {
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
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Typography component="h1" variant="h5">
          {title}
        </Typography>
        {subtitle}
      </Box>
      <UsageRangePicker />
    </Box>
  );
}
