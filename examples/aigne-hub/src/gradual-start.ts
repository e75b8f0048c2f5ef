import { createHash } from 'node:crypto';

/** Whether a user has the new pages. */
export type UsesNewPages = (userDid: string) => boolean;

/** Who gets the new pages. */
export interface GradualStart {
  /** Share of all users, 0 to 100; who is in at 10 is in at 20, too. */
  percent: number;
  /** Users who have them in any case, e.g. your own. */
  always?: readonly string[];
}

/**
 * Decides by the DID alone, so that every instance says the same and a user's pages do not change from day to day.
 *
 * @throws TypeError for a percentage that is none
 */
export function startGradually({ percent, always = [] }: GradualStart): UsesNewPages {
  if (!(percent >= 0 && percent <= 100)) throw new TypeError('percent must be from 0 to 100');
  const first = new Set(always);
  return (userDid) => {
    const hash = createHash('sha256').update(userDid).digest().readUInt32BE(0);
    return first.has(userDid) || (hash / 2 ** 32) * 100 < percent;
  };
}
