import { hubCalls, type HubCall } from '../../../packages/server-sdk/test/helpers/hub-database.js';
import { ALICE } from '../../../packages/server-sdk/test/quota/payment-kit-fixture.js';

/** The calls of the database that the tests open; one user has a DID that Payment Kit takes, and credits have up to ten decimals. */
export function madeCalls(endMs: number): HubCall[] {
  return hubCalls(1200, endMs, 60).map((call, index) => ({
    ...call,
    ...(call.userDid === 'did:abt:user-0' && { userDid: ALICE }),
    ...(call.credits === '0.1' && { credits: `0.0${String(index).padStart(4, '0')}00123` }),
  }));
}
