import type { UsageProvider } from '@usage-kit/widgets';

const FILTERS = ['model', 'status', 'type', 'minDurationMs', 'search'] as const;

/** Applies the filters of the address to the call history: links of advice name the calls that it is from. */
export function filterCalls(provider: UsageProvider, view: Window): void {
  const history = provider.querySelector('usage-call-history');
  if (!history) return;
  const query = new URLSearchParams(view.location.search);
  const chosen = FILTERS.flatMap((name) => {
    const value = query.get(name);
    return value ? [[name, value] as const] : [];
  });
  if (chosen.length > 0) history.viewState = Object.fromEntries(chosen);
}
