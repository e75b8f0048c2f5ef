import { usage } from '../../../../lib/usage';

const handle = usage.handler();

export { handle as GET, handle as HEAD, handle as OPTIONS };
