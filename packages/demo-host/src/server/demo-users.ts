import { adaProfile, benProfile, chenDid } from '../seed/profiles.js';

/** A person that the reader can sign in as. */
export interface DemoUser {
  /** Short and safe in a path. */
  id: string;
  userDid: string;
  name: string;
  /** What the sign-in page says about this user, by locale. */
  about: { en: string; zh: string };
}

/** The three users of the generated load. */
export const DEMO_USERS: readonly DemoUser[] = [
  {
    id: 'ada',
    userDid: adaProfile.userDid,
    name: 'Ada',
    about: {
      en: 'Busy: 40 projects, about 1,700 calls a day',
      zh: '繁忙：40 个项目，每天约 1700 次调用',
    },
  },
  {
    id: 'ben',
    userDid: benProfile.userDid,
    name: 'Ben',
    about: { en: 'Small: three projects and two months', zh: '小型：三个项目，两个月' },
  },
  {
    id: 'chen',
    userDid: chenDid,
    name: 'Chen',
    about: { en: 'New: has never called a model', zh: '新用户：从未调用过模型' },
  },
];

/** The demo user of a `userDid` in an imported file. */
export function importedUser(userDid: string, calls: number, index: number): DemoUser {
  const known = DEMO_USERS.find((user) => user.userDid === userDid);
  return {
    id: known?.id ?? `user-${index + 1}`,
    userDid,
    name: known?.name ?? userDid,
    about: {
      en: `${calls.toLocaleString('en')} imported calls`,
      zh: `导入了 ${calls.toLocaleString('zh')} 次调用`,
    },
  };
}
