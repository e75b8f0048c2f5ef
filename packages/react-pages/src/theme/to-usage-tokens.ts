import type { Theme } from '@mui/material/styles';

/** CSS custom properties of the elements, by name. */
export type UsageTokens = Record<`--usage-${string}`, string>;

/**
 * The elements' tokens from a MUI theme: palette, type, shape and spacing.
 *
 * With CSS-variables themes the tokens refer to MUI's variables, so a switch of the colour scheme needs no render.
 */
export function toUsageTokens(theme: Theme): UsageTokens {
  const { palette } = theme.vars ?? theme;
  const radius = Number(theme.shape.borderRadius);
  return {
    '--usage-color-text': palette.text.primary,
    '--usage-color-text-muted': palette.text.secondary,
    '--usage-color-surface': palette.background.paper,
    '--usage-color-surface-sunken': palette.background.default,
    '--usage-color-border': palette.divider,
    '--usage-color-accent': palette.primary.main,
    '--usage-color-on-accent': palette.primary.contrastText,
    '--usage-color-good': palette.success.main,
    // MUI's orange is made for surfaces; as text it needs more contrast than it has, and so does its red on a reddish ground.
    '--usage-color-warning': `color-mix(in srgb, ${palette.warning.main} 65%, ${palette.text.primary})`,
    '--usage-color-bad': `color-mix(in srgb, ${palette.error.main} 85%, ${palette.text.primary})`,
    '--usage-font-family': String(theme.typography.fontFamily ?? 'inherit'),
    '--usage-font-size': String(theme.typography.body2.fontSize ?? '0.875rem'),
    '--usage-space': theme.spacing(1),
    '--usage-padding': theme.spacing(2.5),
    '--usage-radius': `${radius * 2}px`,
    '--usage-radius-small': `${radius}px`,
  };
}
