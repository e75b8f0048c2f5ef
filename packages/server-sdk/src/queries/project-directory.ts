/** A project as the host describes it; links other than `http(s)` are dropped. */
export interface ProjectInfo {
  appDid: string;
  name?: string | null;
  logoUrl?: string | null;
  url?: string | null;
}

/** Returns the host's names, logos and links of projects; it may leave out projects that it does not know. */
export type ProjectDirectory = (
  appDids: readonly string[],
) => readonly ProjectInfo[] | Promise<readonly ProjectInfo[]>;
