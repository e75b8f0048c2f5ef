import { demoDid } from './demo-did.js';
import type { WorkloadName } from './workloads.js';

/** A project of a demo user. Days count back from the moment the load was generated for. */
export interface DemoProject {
  /** `null`: calls recorded without a project. */
  appDid: string | null;
  /** `null`: the host knows no name, people see the DID. */
  name: string | null;
  /** Part of the user's calls; normalised over the user's projects. */
  weight: number;
  workload: WorkloadName;
  /** Where most of the project's people are, hours east of UTC. */
  utcOffsetHours: number;
  firstDayAgo: number;
  /** Days since the last call; 0 for a project still in use. */
  lastDayAgo: number;
}

/** A demo user's load: how many calls a day, shared among which projects. */
export interface LoadProfile {
  userDid: string;
  callsPerDay: number;
  projects: readonly DemoProject[];
}

type ProjectRow = readonly [
  name: string | null,
  workload: WorkloadName,
  utcOffsetHours: number,
  firstDayAgo?: number,
  lastDayAgo?: number,
  appDid?: string,
];

/** The most used first: a project's share follows from its place (Zipf). */
const ADA_ROWS: readonly ProjectRow[] = [
  ['Support Assistant', 'assistant', 1],
  ['Code Review Bot', 'code', 1],
  ['Knowledge Search', 'retrieval', 1],
  ['智能客服助手', 'chinese', 8],
  ['Docs Translator', 'batch', 1, 200, 0, 'acme/docs-translator'],
  ['Invoice Reader', 'batch', 1],
  ['Marketing Studio', 'creative', -5],
  ['Research Companion', 'research', -5],
  ['Sales Email Drafts', 'assistant', -5],
  ['Meeting Notes', 'batch', 1],
  ['Onboarding Guide', 'assistant', 1, 62],
  ['SQL Copilot', 'code', -5],
  ['Release Notes Writer', 'code', 1],
  [null, 'retrieval', 8],
  ['Contract Analyser', 'research', 1],
  ['Product Photos', 'creative', 8],
  ['Incident Summaries', 'batch', -5],
  ['Survey Insights', 'batch', 1, 200, 21],
  ['Voice Concierge', 'assistant', 8, 34],
  ['Unit Test Writer', 'code', 1],
  ['Recruiting Screener', 'retrieval', 1, 200, 40],
  ['Localisation Pipeline', 'batch', 8],
  ['Storyboard Maker', 'creative', -5, 48],
  [null, 'assistant', 1],
  ['Tax Question Desk', 'research', 1],
  ['Data Catalogue', 'retrieval', -5],
  ['Newsletter Curator', 'assistant', 1],
  ['Log Triage', 'code', -5],
  ['Menu Planner', 'assistant', 8],
  ['Grant Proposal Helper', 'research', 1, 80, 55],
  ['Brand Voice Check', 'assistant', -5],
  ['Accessibility Audit', 'code', 1],
  ['Podcast Chapters', 'creative', -5, 70],
  ['Lab Notebook', 'research', 1],
  ['Quarterly Report Generator for the Regional Finance and Controlling Teams', 'research', 1],
  ['Chess Coach', 'assistant', 8],
  ['Prototype: voice agent', 'assistant', 1, 12],
  ['Hackathon 2026', 'creative', 1, 45, 43],
  ['Old Website Chat', 'assistant', -5, 200, 74],
];

const BEN_ROWS: readonly ProjectRow[] = [
  ['Recipe Helper', 'assistant', 1],
  ['Photo Captions', 'creative', 1, 41],
  ['Homework Tutor', 'research', 1, 58, 9],
];

const ZIPF_EXPONENT = 1.05;

function toProjects(user: string, rows: readonly ProjectRow[], firstDayAgo: number): DemoProject[] {
  return rows.map(([name, workload, utcOffsetHours, first, last, appDid], index) => ({
    appDid: appDid ?? demoDid(`${user}/${name ?? 'unnamed'}/${index}`),
    name,
    weight: 1 / (index + 1) ** ZIPF_EXPONENT,
    workload,
    utcOffsetHours,
    firstDayAgo: Math.min(first ?? firstDayAgo, firstDayAgo),
    lastDayAgo: last ?? 0,
  }));
}

/** Calls from before the host passed a project on. */
const UNASSIGNED: DemoProject = {
  appDid: null,
  name: null,
  weight: 0.006,
  workload: 'assistant',
  utcOffsetHours: 1,
  firstDayAgo: 90,
  lastDayAgo: 0,
};

/** Busy: 40 projects, of which a few carry most of the load. */
export const adaProfile: LoadProfile = {
  userDid: demoDid('user/ada'),
  callsPerDay: 1650,
  projects: [...toProjects('ada', ADA_ROWS, 90), UNASSIGNED],
};

/** Small: three projects and two months. */
export const benProfile: LoadProfile = {
  userDid: demoDid('user/ben'),
  callsPerDay: 36,
  projects: toProjects('ben', BEN_ROWS, 63),
};

/** Has never called a model. */
export const chenDid = demoDid('user/chen');

/** All the load there is. */
export const loadProfiles: readonly LoadProfile[] = [adaProfile, benProfile];
