import { useCallback, useSyncExternalStore } from 'react';

const PREFIX = 'usage-kit:open:';
const CHANGE_EVENT = 'usage-unfold';
/** Of a browser that stores nothing: until the page is left. */
const unstored = new Map<string, boolean>();

function read(name: string): boolean {
  try {
    return window.localStorage.getItem(PREFIX + name) === 'true';
  } catch {
    return unstored.get(name) === true;
  }
}

function write(name: string, isOpen: boolean): void {
  unstored.set(name, isOpen);
  try {
    if (isOpen) window.localStorage.setItem(PREFIX + name, 'true');
    else window.localStorage.removeItem(PREFIX + name);
  } catch {
    // Remembered for this visit.
  }
  window.dispatchEvent(new Event(CHANGE_EVENT));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGE_EVENT, listener);
  window.addEventListener('storage', listener);
  return () => {
    window.removeEventListener(CHANGE_EVENT, listener);
    window.removeEventListener('storage', listener);
  };
}

/** Whether a person opened a part of the page, which the browser remembers; closed at first, and on the server. */
export function useIsUnfolded(name: string): [boolean, (isOpen: boolean) => void] {
  const isOpen = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => false,
  );
  return [isOpen, useCallback((next: boolean) => write(name, next), [name])];
}
