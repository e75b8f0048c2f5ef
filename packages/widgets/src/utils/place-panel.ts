import { getDocumentElement } from './natives.js';

const GAP_PX = 4;

/** Puts a panel of the top layer below its button, above where there is no room, and within the window. */
export function placePanel(panel: HTMLElement, button: Element): void {
  const { left, right, bottom, top } = button.getBoundingClientRect();
  // As wide as what is in it: the place of before may leave it less room.
  panel.style.left = '0';
  const { width, height } = panel.getBoundingClientRect();
  const isRtl = getComputedStyle(button).direction === 'rtl';
  const { clientWidth, clientHeight } = getDocumentElement();
  const wanted = isRtl ? left : right - width;
  const isAbove = bottom + GAP_PX + height > clientHeight && top - GAP_PX - height >= 0;
  panel.style.left = `${Math.max(GAP_PX, Math.min(wanted, clientWidth - width - GAP_PX))}px`;
  panel.style.top = `${isAbove ? top - GAP_PX - height : bottom + GAP_PX}px`;
}
