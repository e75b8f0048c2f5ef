import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useState, type ReactElement } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { toLink } from '../url/to-link.js';
import { SIDE_BY_SIDE } from './page-frame.js';

/** What the guide for a first call shows. */
export interface FirstCallGuideProps {
  /** A first call as the host's users make it. */
  code: string;
  /** Where the host explains more. */
  href?: string;
}

/** For a user without any call: what to do, with code to copy. */
export function FirstCallGuide({ code, href }: FirstCallGuideProps): ReactElement {
  const messages = useMessages();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(code);
    setIsCopied(true);
  };
  return (
    <Paper
      component="section"
      variant="outlined"
      data-guide
      sx={{
        display: 'grid',
        borderRadius: 1,
        gap: 3,
        p: { xs: 2, sm: 3 },
        alignItems: 'center',
        gridTemplateColumns: 'minmax(0, 1fr)',
        [SIDE_BY_SIDE]: { gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)' },
      }}
    >
      <Box>
        <Typography component="h2" variant="h6" gutterBottom sx={{ fontWeight: 600 }}>
          {messages.guideTitle}
        </Typography>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 2, textWrap: 'pretty' }}>
          {messages.guideText}
        </Typography>
        {toLink(href) && (
          <Link variant="body2" href={toLink(href)}>
            {messages.guideLink}
          </Link>
        )}
      </Box>
      <Box sx={{ borderRadius: 1, bgcolor: 'background.default', p: 2 }}>
        {/* Scrolls sideways on a phone: it must be reachable by keys. */}
        <Box
          component="pre"
          tabIndex={0}
          sx={{ m: 0, mb: 1, overflowX: 'auto', fontSize: '0.8125rem', lineHeight: 1.6 }}
        >
          <code>{code}</code>
        </Box>
        {/* Aligns the link's text, not its edge, with the code. */}
        <Button size="small" sx={{ ml: -0.625 }} onClick={() => void copy()}>
          {isCopied ? messages.copied : messages.copy}
        </Button>
      </Box>
    </Paper>
  );
}
