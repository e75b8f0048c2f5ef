import type { Database } from '../db/database.js';
import type { Clock } from '../runtime/clock.js';
import type { CallTable } from '../source/call-table.js';

/** What the checks look at. */
export interface DoctorSubject {
  database: Database;
  /** The mapping of the host's table; `null` where calls are in the SDK's own. */
  calls: CallTable | null;
  /** How far the rollup may lag, seconds. */
  maxLagSeconds: number;
  /** This machine's. */
  clock: Clock;
}

/** What a check found. */
export interface Finding {
  /** `todo`: something to do. `note`: to know, with nothing that must be done. */
  level: 'ok' | 'note' | 'todo';
  text: string;
  /** SQL that does it. */
  statements?: readonly string[];
}

/** One thing that is looked at. */
export interface DoctorCheck {
  name: string;
  /** Whether it needs the tables of Usage Kit. */
  needsTables: boolean;
  /** Changes nothing. @returns no finding where the check does not apply @throws when the database fails */
  run(subject: DoctorSubject): Promise<readonly Finding[]>;
}

/** Makes a finding that is fine. */
export const ok = (text: string): Finding => ({ level: 'ok', text });
/** Makes a finding to know of. */
export const note = (text: string): Finding => ({ level: 'note', text });
/** Makes a finding with something to do. */
export const todo = (text: string, statements?: readonly string[]): Finding => ({
  level: 'todo',
  text,
  ...(statements === undefined ? {} : { statements }),
});
