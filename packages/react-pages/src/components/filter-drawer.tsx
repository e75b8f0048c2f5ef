import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import Stack from '@mui/material/Stack';
import SvgIcon from '@mui/material/SvgIcon';
import Typography from '@mui/material/Typography';
import { useId, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { toColorScheme } from '../theme/mui-bridge.js';
import { NARROW } from './page-frame.js';

/** Properties of the filter drawer. */
export interface FilterDrawerProps {
  /** How many filters are set. */
  count: number;
  onReset: () => void;
  /** The choices, each of which applies immediately. */
  children: ReactNode;
}

/** On a narrow page: a button for an element's `actions`, and the drawer that it opens. */
export function FilterDrawer({ count, onReset, children }: FilterDrawerProps): ReactElement {
  const messages = useMessages();
  const [isOpen, setIsOpen] = useState(false);
  const titleId = useId();
  const done = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setIsOpen(false);
  };
  const reset = (): void => {
    // The button that was pressed is disabled next: with the focus on it, Escape would reach nothing.
    done.current?.focus();
    onReset();
  };
  return (
    <>
      <Button
        slot="actions"
        variant="outlined"
        color="inherit"
        size="small"
        aria-haspopup="dialog"
        startIcon={<FilterIcon />}
        onClick={() => {
          setIsOpen(true);
        }}
        sx={{ display: 'none', borderColor: 'divider', [NARROW]: { display: 'inline-flex' } }}
      >
        {count === 0 ? messages.filters : `${messages.filters} (${count})`}
      </Button>
      <Drawer
        anchor="bottom"
        open={isOpen}
        onClose={close}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-modal': true,
            'aria-labelledby': titleId,
            sx: { borderRadius: '16px 16px 0 0', backgroundImage: 'none' },
          },
        }}
        // The drawer is rendered outside of the bridge; native choices need the color scheme.
        sx={toColorScheme}
      >
        <Stack spacing={2.5} sx={{ p: 3 }}>
          <Typography id={titleId} component="h2" variant="h6" sx={{ fontWeight: 600 }}>
            {messages.filters}
          </Typography>
          {children}
          <Stack direction="row" spacing={1} sx={{ justifyContent: 'space-between', pt: 1 }}>
            <Button color="inherit" disabled={count === 0} onClick={reset}>
              {messages.clearFilters}
            </Button>
            <Button ref={done} variant="contained" disableElevation onClick={close}>
              {messages.done}
            </Button>
          </Stack>
        </Stack>
      </Drawer>
    </>
  );
}

function FilterIcon(): ReactElement {
  return (
    <SvgIcon>
      <path d="M4 7h16M7 12h10M10 17h4" stroke="currentColor" strokeWidth="2" fill="none" />
    </SvgIcon>
  );
}
