import AppBar from '@mui/material/AppBar';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Container from '@mui/material/Container';
import IconButton from '@mui/material/IconButton';
import SvgIcon from '@mui/material/SvgIcon';
import Toolbar from '@mui/material/Toolbar';
import Typography from '@mui/material/Typography';
import { useColorScheme } from '@mui/material/styles';
import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import { runAfterFrame } from '../frame-timer.js';
import type { Locale } from './shell.js';
import { getMessages } from './messages.js';
import { PAGE_WIDTH } from './theme.js';

/** What the bar shows and switches. */
export interface DemoAppBarProps {
  userName: string;
  locale: Locale;
  onLocale: (locale: Locale) => void;
}

/** The bar of the demo, as a host's own. */
export function DemoAppBar({ userName, locale, onLocale }: DemoAppBarProps): ReactElement {
  const messages = getMessages(locale);
  const other = locale === 'en' ? 'zh' : 'en';
  return (
    <AppBar
      position="static"
      color="inherit"
      elevation={0}
      sx={{ borderBottom: 1, borderColor: 'divider', backgroundImage: 'none' }}
    >
      <Container maxWidth={false} sx={PAGE_WIDTH}>
        <Toolbar disableGutters variant="dense" sx={{ gap: { xs: 0, sm: 1 }, minHeight: 56 }}>
          <Brand />
          <Box sx={{ flex: 1 }} />
          <Button
            color="inherit"
            size="small"
            sx={{ minWidth: 0, px: 1 }}
            lang={other}
            aria-label={messages.languageLabel}
            onClick={() => {
              onLocale(other);
            }}
          >
            {messages.language}
          </Button>
          <SchemeSwitch label={messages.theme} />
          <Typography
            variant="body2"
            color="text.secondary"
            sx={{ display: { xs: 'none', sm: 'block' } }}
          >
            {userName}
          </Typography>
          <form method="post" action="/sign-out">
            <Button type="submit" color="inherit" size="small" data-sign-out>
              {messages.signOut}
            </Button>
          </form>
        </Toolbar>
      </Container>
    </AppBar>
  );
}

function Brand(): ReactElement {
  return (
    <Box
      component={Link}
      to="/usage/dashboard"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        textDecoration: 'none',
        color: 'text.primary',
      }}
    >
      <SvgIcon color="primary">
        <rect x="3" y="12" width="4" height="9" rx="1.5" />
        <rect x="10" y="7" width="4" height="14" rx="1.5" />
        <rect x="17" y="3" width="4" height="18" rx="1.5" />
      </SvgIcon>
      <Typography component="span" noWrap sx={{ fontWeight: 650 }}>
        Usage Kit
      </Typography>
    </Box>
  );
}

/**
 * Shows what was chosen in the next frame, and switches after it: to work out the colors of the page takes longer than a press
 * may be without an answer.
 */
function SchemeSwitch({ label }: { label: string }): ReactElement {
  const { mode, systemMode, setMode } = useColorScheme();
  const [chosen, setChosen] = useState<'light' | 'dark' | null>(null);
  const shown = chosen ?? (mode === 'system' ? systemMode : mode) ?? 'light';
  return (
    <IconButton
      color="inherit"
      aria-label={label}
      data-theme-switch
      onClick={() => {
        const next = shown === 'dark' ? 'light' : 'dark';
        setChosen(next);
        runAfterFrame(() => {
          setMode(next);
          setChosen(null);
        });
      }}
    >
      <SvgIcon fontSize="small" sx={{ transform: shown === 'dark' ? 'scaleX(-1)' : 'none' }}>
        <circle cx="12" cy="12" r="8.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M12 3.75a8.25 8.25 0 0 1 0 16.5z" />
      </SvgIcon>
    </IconButton>
  );
}
