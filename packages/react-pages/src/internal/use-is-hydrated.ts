import { useSyncExternalStore } from 'react';

const subscribe = () => () => undefined;

/** `false` on the server and while its document is taken over, `true` from then on and wherever there was no server. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
