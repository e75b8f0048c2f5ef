import { hubCalls, type HubCall } from '../../../packages/server-sdk/test/helpers/hub-database.js';
import { ALICE } from '../../../packages/server-sdk/test/quota/payment-kit-fixture.js';

/** The calls of the database that the tests open; one user has a DID that Payment Kit takes. */
export function madeCalls(endMs: number): HubCall[] {
  return hubCalls(1200, endMs, 60).map((call) =>
    call.userDid === 'did:abt:user-0' ? { ...call, userDid: ALICE } : call,
  );
}
