/** Decimals of the demo's credits, as AIGNE Hub's have. */
export const DECIMALS = 10;

/** Human decimals, as payment-kit takes them when it is written to, in base units. */
export function toBase(amount: string): bigint {
  const match = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?$/.exec(amount);
  const fraction = (match?.[3] ?? '').replace(/0+$/, '');
  if (!match || fraction.length > DECIMALS) throw new RangeError(`"${amount}" is not an amount`);
  const units = BigInt((match[2] ?? '0') + fraction.padEnd(DECIMALS, '0'));
  return match[1] === '-' ? -units : units;
}

/** Base units, as payment-kit gives them when it is read, in human decimals. */
export function toHuman(base: bigint): string {
  const digits = String(base < 0n ? -base : base).padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  const text = `${digits.slice(0, -DECIMALS)}${fraction === '' ? '' : `.${fraction}`}`;
  return base < 0n ? `-${text}` : text;
}

/** ISO text, as `created_at` is. */
export const toIso = (ms: number): string => new Date(ms).toISOString();
/** Unix seconds, as `expires_at` is. */
export const toSeconds = (ms: number): number => Math.floor(ms / 1000);
