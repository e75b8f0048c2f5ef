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

/** `problem`: something to do. `warning`: to know, with nothing that must be done now. */
export type Level = 'ok' | 'warning' | 'problem';

/** What a check found. */
export interface Finding {
  level: Level;
  text: string;
  /** SQL that does it. */
  statements?: readonly string[];
}

/** One thing that is looked at. */
export interface DoctorCheck {
  name: string;
  /** Whether it needs the tables of Usage Kit. */
  needsTables: boolean;
  /** Whether it says something of this database; left out: it does. */
  applies?: (subject: DoctorSubject) => Promise<boolean>;
  /** Changes nothing. @returns no finding where the check does not apply @throws when the database fails */
  run(subject: DoctorSubject): Promise<readonly Finding[]>;
}

/** Makes a finding that is fine. */
export const ok = (text: string): Finding => ({ level: 'ok', text });
/** Makes a finding to know of. */
export const warning = (text: string, statements?: readonly string[]): Finding =>
  toFinding('warning', text, statements);
/** Makes a finding with something to do. */
export const problem = (text: string, statements?: readonly string[]): Finding =>
  toFinding('problem', text, statements);

function toFinding(level: Level, text: string, statements: readonly string[] = []): Finding {
  return { level, text, ...(statements.length === 0 ? {} : { statements }) };
}

/** The gravest level of findings. */
export function toLevel(findings: readonly Finding[]): Level {
  if (findings.some(({ level }) => level === 'problem')) return 'problem';
  return findings.some(({ level }) => level === 'warning') ? 'warning' : 'ok';
}
