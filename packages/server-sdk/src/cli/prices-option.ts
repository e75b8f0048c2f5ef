import { readFileSync } from 'node:fs';
import { genaiPrices } from '../pricing/genai-prices.js';
import type { PriceSource } from '../pricing/price-source.js';
import { priceTable, type PriceTable } from '../pricing/price-table.js';
import { resolvePricing, type ResolvedPricing } from '../pricing/resolve-pricing.js';
import { CommandLineError } from './terminal.js';

/** Options that say what calls cost. */
export interface PricesArguments {
  prices?: string[] | undefined;
  'credits-per-unit'?: string | undefined;
}

/**
 * Reads `--prices`: `genai`, or a JSON file with a table; several are asked in their order.
 *
 * @returns `null` without the option
 * @throws CommandLineError that names the file or option at fault
 */
export function readPrices(args: PricesArguments): ResolvedPricing | null {
  const { prices, 'credits-per-unit': creditsPerUnit } = args;
  if (prices === undefined) {
    if (creditsPerUnit === undefined) return null;
    throw new CommandLineError('--credits-per-unit needs --prices');
  }
  try {
    return resolvePricing({
      prices: prices.map(readSource),
      ...(creditsPerUnit !== undefined && { creditsPerUnit }),
    });
  } catch (error) {
    if (error instanceof CommandLineError) throw error;
    throw new CommandLineError(error instanceof Error ? error.message : String(error));
  }
}

function readSource(where: string): PriceSource {
  if (where === 'genai') return genaiPrices();
  try {
    return priceTable(JSON.parse(readFileSync(where, 'utf8')) as PriceTable);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandLineError(`--prices ${where}: ${reason}`);
  }
}
