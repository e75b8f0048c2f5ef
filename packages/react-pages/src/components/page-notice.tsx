import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactElement, ReactNode } from 'react';

/** What a notice says and offers. */
export interface PageNoticeProps {
  title: string;
  text: string;
  /** @default 2; a notice in place of a whole page is its first heading */
  level?: 1 | 2;
  /** What helps: a link or a button. */
  children?: ReactNode;
}

/** Says kindly why something is not shown, and what helps. */
export function PageNotice({ title, text, level = 2, children }: PageNoticeProps): ReactElement {
  return (
    <Paper variant="outlined" role="alert" sx={{ px: 3, py: level === 1 ? 8 : 5, borderRadius: 1 }}>
      <Stack sx={{ alignItems: 'center', gap: 1, textAlign: 'center' }}>
        <Typography
          variant={level === 1 ? 'h5' : 'subtitle1'}
          component={`h${level}`}
          sx={{ fontWeight: 600 }}
        >
          {title}
        </Typography>
        <Typography
          variant="body2"
          color="text.secondary"
          sx={{ maxWidth: '32rem', mb: 1, textWrap: 'balance' }}
        >
          {text}
        </Typography>
        {children}
      </Stack>
    </Paper>
  );
}
