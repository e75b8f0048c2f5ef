import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useEffect, useId, useState, type ReactElement, type ReactNode } from 'react';
import { runAfterFrame } from '../internal/frame-timer.js';
import { PHONE } from './page-frame.js';
import { useIsUnfolded } from './use-is-unfolded.js';

/** Properties of {@link FoldedSection}. */
export interface FoldedSectionProps {
  /** Under which a browser remembers that the section is open. */
  name: string;
  title: string;
  children: ReactNode;
}

const BAR_STYLE = {
  display: 'none',
  [PHONE]: { display: 'flex' },
  width: '100%',
  minHeight: 48,
  px: 2.5,
  justifyContent: 'space-between',
  border: 1,
  borderColor: 'divider',
  borderRadius: 'var(--usage-radius, 0.75rem)',
  bgcolor: 'background.paper',
  font: 'inherit',
  fontWeight: 600,
  textAlign: 'start',
  '&:focus-visible': { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: 2 },
};

/**
 * A part of a page that a phone shows when a person opens it, because all parts below each other have no end there. Elsewhere it
 * is always open. What is closed sends no request.
 */
export function FoldedSection({ name, title, children }: FoldedSectionProps): ReactElement {
  const [isOpen, setIsOpen] = useIsUnfolded(name);
  // The bar answers a press before the part below it is laid out.
  const [isShown, setIsShown] = useState(isOpen);
  useEffect(() => runAfterFrame(() => setIsShown(isOpen)), [isOpen]);
  const id = useId();
  return (
    <Box sx={{ minWidth: 0 }}>
      <ButtonBase
        disableRipple
        sx={BAR_STYLE}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        {title}
        <Chevron isUp={isOpen} />
      </ButtonBase>
      <Box id={id} sx={{ [PHONE]: isShown ? { mt: 1 } : { display: 'none' } }}>
        {children}
      </Box>
    </Box>
  );
}

function Chevron({ isUp }: { isUp: boolean }): ReactElement {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden>
      <path
        d={isUp ? 'm4.5 9.75 3.5-3.5 3.5 3.5' : 'm4.5 6.25 3.5 3.5 3.5-3.5'}
        strokeWidth="1.5"
      />
    </svg>
  );
}
