import { createTheme } from '@mui/material/styles';

const ONE_YEAR_SECONDS = 365 * 86_400;

/** The look of the demo's app; `data-theme` on the root, where the server already put it, chooses the scheme. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme' },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: '#3453c7' },
        background: { default: '#f7f8fa', paper: '#ffffff' },
        text: { primary: '#1a1d24', secondary: '#5a6272' },
        divider: '#e3e6eb',
        success: { main: '#15753b' },
        warning: { main: '#96550a' },
        error: { main: '#b7262e' },
      },
    },
    dark: {
      palette: {
        primary: { main: '#9db1ff' },
        background: { default: '#0f1115', paper: '#16191f' },
        text: { primary: '#e9ebf0', secondary: '#a0a8b8' },
        divider: '#2c313c',
        success: { main: '#55c98a' },
        warning: { main: '#eeb04f' },
        error: { main: '#ff8d86' },
      },
    },
  },
  shape: { borderRadius: 8 },
  typography: {
    fontFamily:
      'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif',
    button: { textTransform: 'none' },
  },
  components: {
    MuiButtonBase: {
      // The styles of the first ripple make the browser work out those of the page again, before the press is painted.
      defaultProps: { disableRipple: true },
      styleOverrides: {
        root: ({ theme: { vars, palette } }) => ({
          '&.Mui-focusVisible': {
            outline: `2px solid ${(vars?.palette ?? palette).primary.main}`,
            outlineOffset: 2,
          },
        }),
      },
    },
  },
});

/** Room that grows with a large screen, up to where a row of a table can still be followed. */
export const PAGE_WIDTH = { maxWidth: 'max(96rem, min(150rem, 80vw))' };

interface SchemeStorage {
  get(fallback: string): string;
  set(value: string): void;
  subscribe(): () => void;
}

/** Keeps the chosen scheme in the cookie that the server reads, so that the next document comes in it. */
export function createSchemeStorage({ key }: { key: string }): SchemeStorage {
  const isMode = key.endsWith('mode');
  return {
    get: (fallback) =>
      isMode ? (document.documentElement.dataset['theme'] ?? fallback) : fallback,
    set: (value) => {
      if (!isMode) return;
      document.cookie = `theme=${value}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax`;
    },
    subscribe: () => () => undefined,
  };
}
