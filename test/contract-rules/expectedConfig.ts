import { isDeepStrictEqual } from 'node:util';
import { isObject, type Path, pointer } from '../../pipeline/contract/document/json.ts';

/** A configuration, as it is sent or read. */
export type Change = Readonly<Record<string, unknown>>;

interface Difference {
  readonly place: string;
  readonly message: string;
}

/** Never answered. */
const SECRETS = ['client_secret', 'private_key', 'key_id', 'team_id'];

/** Members that are read though they were not sent, with their defaults. */
const COMPLETED: Readonly<Record<string, readonly string[]>> = {
  passwordPolicy: ['minimumLength', 'additionalConstraints'],
  mfa: ['MFAMode'],
  forgotPassword: ['deliveryMethod'],
  oAuth: ['oAuthGrantType', 'oAuthScopes', 'redirectSignInURIs', 'redirectSignOutURIs'],
};

/** Where a configuration that is read is not what an accepted request made of the one before. */
export function configDifferences(sent: Change, before: Change | undefined, after: unknown): Difference[] {
  const [pool, stored] = [objectIn(sent, 'userPoolConfigs'), objectIn(before, 'userPoolConfigs')];
  const read = objectIn(after, 'userPoolConfigs');
  const found: Difference[] = [
    ...same(['authResources'], memberOf(after, 'authResources'), sent.authResources),
    ...same(['service'], memberOf(after, 'service'), sent.service),
  ];
  for (const [name, value] of Object.entries(pool)) {
    const at = ['userPoolConfigs', name];
    if (name === 'oAuth' && isObject(value) && Object.keys(value).length === 0) {
      found.push(...same(at, read[name], undefined));
      continue;
    }
    found.push(...contains(at, read[name], value));
    if (!isObject(value) || !isObject(read[name])) continue;
    // The whole member is replaced: nothing of the one before is left.
    for (const left of Object.keys(read[name])) {
      if (Object.hasOwn(value, left) || COMPLETED[name]?.includes(left)) continue;
      found.push({
        place: pointer([...at, left]),
        message: `${pointer([...at, left])} is read, though it was not sent`,
      });
    }
  }
  for (const name of Object.keys(stored)) {
    if (!Object.hasOwn(pool, name)) found.push(...same(['userPoolConfigs', name], read[name], stored[name]));
  }
  const identities = objectIn(sent, 'identityPoolConfigs');
  if (sent.authResources === 'IDENTITY_POOL_AND_USER_POOL') {
    found.push(...contains(['identityPoolConfigs'], memberOf(after, 'identityPoolConfigs'), identities));
  }
  return found;
}

const memberOf = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

function objectIn(value: unknown, name: string): Record<string, unknown> {
  const found = memberOf(value, name);
  return isObject(found) ? found : {};
}

/** Everything that was sent is read, in order and in case, but for secrets. */
function contains(path: Path, got: unknown, sent: unknown): Difference[] {
  if (!isObject(sent)) return same(path, got, sent);
  if (!isObject(got)) return Object.keys(sent).length === 0 && got === undefined ? [] : same(path, got, sent);
  return Object.entries(sent).flatMap(([name, value]) =>
    SECRETS.includes(name) ? [] : contains([...path, name], got[name], value),
  );
}

function same(path: Path, got: unknown, wanted: unknown): Difference[] {
  if (isDeepStrictEqual(got, wanted)) return [];
  const show = (value: unknown) => JSON.stringify(value) ?? 'nothing';
  const place = pointer(path);
  return [{ place, message: `after it, ${place} is ${show(got)}, expected ${show(wanted)}` }];
}
