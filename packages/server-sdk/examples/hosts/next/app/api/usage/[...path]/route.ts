import { usage } from '../../../../lib/usage.ts';

const handle = usage.handler();

export { handle as GET, handle as HEAD, handle as OPTIONS };
