import { randomUUID } from 'node:crypto';
import type { ModelCallInput } from '../contract/call-input.js';
import type { Clock } from '../runtime/clock.js';
import { toHint } from '../values/nearest-name.js';
import { isIdentifier } from '../values/user-did.js';
import { TEXT_LIMITS } from './call-fields.js';
import { readMembers, toShownName } from './read-members.js';
import { CALL_INPUT_FIELDS, type CallInputField } from './normalize-call.js';
import type { CallWarning } from './record-calls.js';

/** Fields of a call that are known when it starts. */
export type CallStart = Omit<
  ModelCallInput,
  'status' | 'startedAt' | 'durationMs' | 'errorReason'
> & {
  /** @default now */
  startedAt?: ModelCallInput['startedAt'] | undefined;
};

/** Fields that the end of a call decides over its start; its user, its project and its start stay. */
const END_FIELDS = [
  'durationMs',
  'ttfbMs',
  'usage',
  'credits',
  'cost',
  'currency',
  'costSource',
  'errorReason',
  'metadata',
  'model',
  'provider',
  'traceId',
] as const satisfies readonly CallInputField[];

/** Fields of a call that are known when it ends; a field that is left out stays as it was at the start. */
export type CallEnd = Partial<Pick<ModelCallInput, (typeof END_FIELDS)[number]>>;

/** The input that a call is recorded with at its end, and a warning for each field that differs from the caller's. */
export interface EndedCall {
  input: ModelCallInput;
  warnings: CallWarning[];
}

/** Makes the inputs that a call is recorded with at its start and at its end. */
export class CallInProgress {
  readonly id: string;
  readonly #start: ModelCallInput;
  readonly #clock: Clock;
  readonly #startedMs: number;

  constructor(start: CallStart, clock: Clock) {
    this.#clock = clock;
    this.#startedMs = clock.now();
    const members = copyInput(start);
    // An empty id counts as missing; start and end need the same one.
    this.id = members.id || randomUUID();
    const startedAt = members.startedAt ?? this.#startedMs;
    this.#start = { ...members, id: this.id, startedAt, status: 'processing' } as ModelCallInput;
  }

  elapsedMs(): number {
    return Math.max(0, this.#clock.now() - this.#startedMs);
  }

  describeStart(): ModelCallInput {
    return this.#start;
  }

  /** Never throws: an end with invalid fields is recorded with its valid ones. */
  describeEnd(status: 'success' | 'failed', endOrNull: CallEnd | null, reason: unknown): EndedCall {
    const end = endOrNull ?? {};
    const warnings: CallWarning[] = [];
    const warn = (field: string, detail: string): void => {
      warnings.push({ callId: this.id, userDid: this.#start.userDid, field, detail });
    };
    const members = readMembers(end, END_FIELDS, (field) => {
      warn(field, 'could not be read');
    });
    if (members.model !== undefined && !isIdentifier(members.model, TEXT_LIMITS.model)) {
      warn('model', 'names no model; the model of the start stays');
      delete members.model;
    }
    warnUnknownFields(end, warn);
    const given = Object.entries(members).filter(([, value]) => value !== undefined);
    const input = {
      ...this.#start,
      ...Object.fromEntries(given),
      status,
      durationMs: members.durationMs ?? this.elapsedMs(),
      errorReason: reason instanceof Error ? reason.message : reason,
    };
    return { input: input as ModelCallInput, warnings };
  }
}

/** Warns of fields that are not of an end: fields of the start, and misspelt ones. */
function warnUnknownFields(end: CallEnd, warn: (field: string, detail: string) => void): void {
  const isKnown = (name: string): boolean => (END_FIELDS as readonly string[]).includes(name);
  for (const name of Object.keys(copyInput(end)).filter((key) => !isKnown(key))) {
    warn(toShownName(name), `is not a field of the end of a call${toHint(name, END_FIELDS)}`);
  }
}

/** Copies an input; where a getter throws, only the members that can be read. */
function copyInput<T extends CallStart | CallEnd>(value: T): Partial<T> {
  try {
    return { ...value };
  } catch {
    return readMembers(value, CALL_INPUT_FIELDS, () => undefined) as Partial<T>;
  }
}
