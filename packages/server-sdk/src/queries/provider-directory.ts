/** A provider as the host describes it, by the id that its calls have; logos other than `http(s)` are dropped. */
export interface ProviderInfo {
  provider: string;
  name?: string | null;
  logoUrl?: string | null;
}

/** Returns the host's names and logos of providers; it may leave out providers that it does not know. */
export type ProviderDirectory = (
  providers: readonly string[],
) => readonly ProviderInfo[] | Promise<readonly ProviderInfo[]>;
