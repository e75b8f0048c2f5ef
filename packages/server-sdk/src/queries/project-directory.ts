/** What the host knows of a project; links other than `http(s)` are dropped. */
export interface ProjectInfo {
  appDid: string;
  name?: string | null;
  logoUrl?: string | null;
  url?: string | null;
}

/** The host's names, logos and links of projects. Projects it does not know may be left out. */
export type ProjectDirectory = (
  appDids: readonly string[],
) => readonly ProjectInfo[] | Promise<readonly ProjectInfo[]>;
