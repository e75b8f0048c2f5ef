import Box from '@mui/material/Box';
import type { SystemStyleObject } from '@mui/system';
import type { Theme } from '@mui/material/styles';
import type { ReactElement, ReactNode } from 'react';
import { toUsageTokens } from './to-usage-tokens.js';

/** What the theme has no color for, the elements take from `light-dark()`: it has to know the scheme. */
function toColorScheme(theme: Theme): SystemStyleObject<Theme> {
  const { light, dark }: Record<string, unknown> =
    (theme as { colorSchemes?: Record<string, unknown> }).colorSchemes ?? {};
  const base = { colorScheme: theme.palette.mode };
  // Only with CSS variables are both schemes in the styles; then the theme's own selector switches.
  if (!theme.vars || !light || !dark) return base;
  return {
    colorScheme: 'light',
    ...theme.applyStyles('dark', { colorScheme: 'dark' }),
  };
}

function toStyles(theme: Theme): SystemStyleObject<Theme> {
  return { ...toColorScheme(theme), ...toUsageTokens(theme) };
}

/** Makes the elements inside look at home in the surrounding MUI theme, and follow it. */
export function MuiBridge({ children }: { children: ReactNode }): ReactElement {
  return <Box sx={toStyles}>{children}</Box>;
}
