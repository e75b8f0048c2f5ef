import type { Theme } from '@mui/material/styles';

/** CSS custom properties of the elements, by name. */
export type UsageTokens = Record<`--usage-${string}`, string>;

/**
 * The elements' tokens from a MUI theme: palette, type, shape and spacing, those of charts and meters included.
 *
 * With CSS-variables themes the tokens refer to MUI's variables, so a switch of the color scheme needs no render.
 */
export function toUsageTokens(theme: Theme): UsageTokens {
  const { palette } = theme.vars ?? theme;
  const { paper } = palette.background;
  const soft = (color: string): string => `color-mix(in srgb, ${color} 12%, ${paper})`;
  const radius = toLength(theme.shape.borderRadius);
  return {
    '--usage-color-text': palette.text.primary,
    '--usage-color-text-muted': palette.text.secondary,
    '--usage-color-surface': palette.background.paper,
    '--usage-color-surface-sunken': palette.background.default,
    '--usage-color-border': palette.divider,
    // An edge that says where a field is needs 3:1; MUI's divider has less.
    '--usage-color-control-border': `color-mix(in srgb, ${palette.text.primary} 55%, ${paper})`,
    '--usage-color-neutral-soft': `color-mix(in srgb, ${palette.text.primary} 8%, ${paper})`,
    '--usage-color-accent': palette.primary.main,
    '--usage-color-on-accent': palette.primary.contrastText,
    '--usage-color-good': palette.success.main,
    '--usage-color-good-soft': soft(palette.success.main),
    '--usage-color-warning-soft': soft(palette.warning.main),
    '--usage-color-bad-soft': soft(palette.error.main),
    '--usage-color-meter-good': palette.success.main,
    '--usage-color-meter-warning': palette.warning.main,
    '--usage-color-meter-bad': palette.error.main,
    '--usage-color-series-1': palette.primary.main,
    '--usage-color-series-2': palette.warning.main,
    '--usage-color-series-3': palette.success.main,
    '--usage-color-series-4': palette.secondary.main,
    '--usage-color-series-5': palette.info.main,
    '--usage-color-series-6': palette.error.main,
    '--usage-color-series-other': palette.text.secondary,
    // MUI's orange is made for surfaces; as text it needs more contrast than it has, and so does its red on a reddish ground.
    '--usage-color-warning': `color-mix(in srgb, ${palette.warning.main} 65%, ${palette.text.primary})`,
    '--usage-color-bad': `color-mix(in srgb, ${palette.error.main} 85%, ${palette.text.primary})`,
    '--usage-font-family': String(theme.typography.fontFamily ?? 'inherit'),
    '--usage-font-size': String(theme.typography.body2.fontSize ?? '0.875rem'),
    '--usage-space': theme.spacing(1),
    '--usage-padding': theme.spacing(2.5),
    '--usage-radius': radius,
    '--usage-radius-small': radius,
  };
}

/** A theme's number is in pixels; a text has its unit. */
function toLength(value: number | string): string {
  return typeof value === 'number' ? `${value}px` : value;
}
