/** Installs what package-lock.json names, unless it is there; for CI. */
import { checkNode, ensureInstalled } from './ensure-installed.mjs';

checkNode();
await ensureInstalled();
