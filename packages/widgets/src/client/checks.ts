/** Path of the first value that is wrong, empty for the value itself; `null` when all of it is right. */
export type Check = (value: unknown) => string | null;
/** One check for every field of the contract: a field that is missing here does not compile. */
export type Fields<T> = { readonly [Name in keyof T]-?: Check };

const is =
  (isRight: (value: unknown) => boolean): Check =>
  (value) =>
    isRight(value) ? null : '';

const either =
  (missing: null | undefined, check: Check): Check =>
  (value) =>
    value === missing ? null : check(value);
/** `null`, or a value that passes. */
export const orNull = (check: Check): Check => either(null, check);
/** Missing, or a value that passes. */
export const optional = (check: Check): Check => either(undefined, check);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A record with these fields, and any others. */
export const shape =
  <T>(fields: Fields<T>): Check =>
  (value) => {
    if (!isRecord(value)) return '';
    for (const name in fields) {
      const wrong = fields[name](value[name]);
      if (wrong !== null) return `.${name}${wrong}`;
    }
    return null;
  };

/** A list of values that each pass. */
export const list =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return '';
    for (const [index, item] of value.entries()) {
      const wrong = check(item);
      if (wrong !== null) return `[${index}]${wrong}`;
    }
    return null;
  };

export const within = (min: number, max: number): Check =>
  is((value) => typeof value === 'number' && value >= min && value <= max);

// What `Intl` and `Date` take without throwing, and what a person can read: a value in a wrong unit or an overflow is an error, not a figure.
export const text = is((value) => typeof value === 'string');
export const flag = is((value) => typeof value === 'boolean');
export const count = within(0, Number.MAX_SAFE_INTEGER);
export const ratio = within(0, 1);
export const decimal = is(
  (value) => typeof value === 'string' && /^-?\d{1,80}(\.\d{1,40})?$/.test(value),
);
export const instant = is(
  (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT/.test(value) &&
    !Number.isNaN(Date.parse(value)),
);
// What `Intl` takes as a currency.
export const currencyCode = is((value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value));
export const anything = is(() => true);

/** What is checked of a union: the fields of each of its kinds. */
export type KindFields<T extends { kind: string }> = {
  [Kind in T['kind']]: Fields<Extract<T, { kind: Kind }>>;
};

/** A value of one of these kinds; a kind that a newer server may know is right. */
export const oneOf =
  <T extends { kind: string }>(kinds: KindFields<T>): Check =>
  (value) => {
    const wrong = shape<{ kind: string }>({ kind: text })(value);
    if (wrong !== null) return wrong;
    const known = new Map<string, Fields<object>>(Object.entries(kinds));
    const fields = known.get((value as { kind: string }).kind);
    return fields ? shape(fields)(value) : null;
  };
