import type { UsageProvider } from '@usage-kit/widgets';
import { withRange } from './page-range.js';

/** Opens the page of a project when its row is chosen, in the same range. */
export function openProjects(provider: UsageProvider, view: Window): void {
  provider.addEventListener('usage-project-select', (event) => {
    event.preventDefault();
    const path = `/plain/projects/${encodeURIComponent(event.detail.appDid)}`;
    view.location.assign(withRange(path, view));
  });
}
