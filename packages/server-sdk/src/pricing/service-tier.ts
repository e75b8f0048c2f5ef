/** Tiers that are a provider's standard. */
const STANDARD_TIERS: ReadonlySet<string> = new Set(['', 'auto', 'default', 'standard']);

/** A tier as prices know it: `null` for the provider's standard, else in lower case. */
export function normalizeServiceTier(tier: string | null | undefined): string | null {
  const name = (tier ?? '').toLowerCase();
  return STANDARD_TIERS.has(name) ? null : name;
}

/** The tier that a call names in its metadata, else the provider's own usage object there. @param metadata JSON text of an object */
export function readServiceTier(metadata: string | null): string | null {
  if (metadata === null || !/service_?tier/i.test(metadata)) return null;
  const { serviceTier, usage } = JSON.parse(metadata) as Record<string, unknown>;
  const reported = typeof usage === 'object' && usage !== null ? usage : {};
  const tier = serviceTier ?? (reported as Record<string, unknown>)['service_tier'];
  return typeof tier === 'string' ? normalizeServiceTier(tier) : null;
}
