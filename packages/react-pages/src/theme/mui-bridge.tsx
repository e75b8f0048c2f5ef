import Box from '@mui/material/Box';
import type { SystemStyleObject } from '@mui/system';
import type { Theme } from '@mui/material/styles';
import type { ReactElement, ReactNode } from 'react';
import { toUsageTokens } from './to-usage-tokens.js';

function toStyles(theme: Theme): SystemStyleObject<Theme> {
  // A CSS-variables theme switches its scheme on an ancestor; a plain one is light or dark as a whole.
  const scheme = theme.vars ? {} : { colorScheme: theme.palette.mode };
  return { ...scheme, ...toUsageTokens(theme) };
}

/** Makes the elements inside look at home in the surrounding MUI theme, and follow it. */
export function MuiBridge({ children }: { children: ReactNode }): ReactElement {
  return <Box sx={toStyles}>{children}</Box>;
}
