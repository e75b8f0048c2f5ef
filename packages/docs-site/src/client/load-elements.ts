type Load = () => Promise<unknown>;

/** One entry each, so that a page loads the elements that it shows and no other. */
const ELEMENTS: Readonly<Record<string, Load>> = {
  'usage-activity': () => import('@usage-kit/widgets/elements/usage-activity'),
  'usage-advice': () => import('@usage-kit/widgets/elements/usage-advice'),
  'usage-alerts': () => import('@usage-kit/widgets/elements/usage-alerts'),
  'usage-budget': () => import('@usage-kit/widgets/elements/usage-budget'),
  'usage-call-history': () => import('@usage-kit/widgets/elements/usage-call-history'),
  'usage-models': () => import('@usage-kit/widgets/elements/usage-models'),
  'usage-overview': () => import('@usage-kit/widgets/elements/usage-overview'),
  'usage-project-failures': () => import('@usage-kit/widgets/elements/usage-project-failures'),
  'usage-project-latency': () => import('@usage-kit/widgets/elements/usage-project-latency'),
  'usage-project-models': () => import('@usage-kit/widgets/elements/usage-project-models'),
  'usage-project-stats': () => import('@usage-kit/widgets/elements/usage-project-stats'),
  'usage-project-trends': () => import('@usage-kit/widgets/elements/usage-project-trends'),
  'usage-projects': () => import('@usage-kit/widgets/elements/usage-projects'),
  'usage-quota': () => import('@usage-kit/widgets/elements/usage-quota'),
  'usage-quota-details': () => import('@usage-kit/widgets/elements/usage-quota-details'),
  'usage-range-picker': () => import('@usage-kit/widgets/elements/usage-range-picker'),
  'usage-trends': () => import('@usage-kit/widgets/elements/usage-trends'),
};

/**
 * Loads and registers the elements that a piece of a page has.
 * @throws {Error} when it has one that is not listed here
 */
export async function loadElements(content: DocumentFragment): Promise<void> {
  const tags = new Set([...content.querySelectorAll('*')].map(({ localName }) => localName));
  const loads = [...tags].map((tag) => {
    if (tag === 'usage-provider') return loadProvider();
    const load = ELEMENTS[tag];
    if (load === undefined) throw new Error(`No element ${tag}`);
    return load();
  });
  await Promise.all(loads);
}

async function loadProvider(): Promise<void> {
  const { UsageProvider } = await import('@usage-kit/widgets');
  UsageProvider.define();
}
