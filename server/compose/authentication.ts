import type { Authentication } from 'openapi-strict-express';
import { checkAllApps, checkApp, type Identity } from '../signing/identity.ts';
import type { Verifier } from '../signing/verify.ts';

/** AWS Signature Version 4, by a key that may touch the app of the request. */
export const ofApps = (verifier: Verifier): Authentication => ({
  begin(head, { appId }) {
    const { key, verify } = verifier.verifyHead(head);
    if (appId !== undefined) checkApp(key, String(appId));
    return (body) => caller(verify(body));
  },
  // CreateBackend names its app in the body.
  authorize: (identity, { appId }) => checkApp(identity as Caller, String(appId)),
});

/** AWS Signature Version 4, by a key that may touch all apps. */
export const ofAllApps = (verifier: Verifier): Authentication => ({
  begin(head) {
    const { key, verify } = verifier.verifyHead(head);
    checkAllApps(key);
    return (body) => caller(verify(body));
  },
});

type Caller = ReturnType<typeof caller>;

/** An identity with the id that the log has. */
const caller = (identity: Identity) => ({ ...identity, id: identity.accessKeyId });
