import '@usage-kit/widgets/define';
import './page.css';
import { copyOnClick } from './copy-button.js';
import { followRange } from './page-range.js';
import { showNotFoundOnce } from './not-found.js';
import { filterCalls } from './filter-calls.js';
import { openProjects } from './open-project.js';
import { switchThemes } from './theme-switch.js';

switchThemes(document);
copyOnClick(document);

const provider = document.querySelector('usage-provider');
if (provider) {
  followRange(provider, window);
  openProjects(provider, window);
  filterCalls(provider, window);
  showNotFoundOnce(provider);
}
