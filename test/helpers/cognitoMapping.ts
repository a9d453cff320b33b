import document from '../../generated/openapi.json' with { type: 'json' };
import { cognito } from '../../server/provisioners/cognito/cognito.ts';
import type { AuthConfig } from '../../server/provisioners/provisioner.ts';
import { REGION, SMS_ROLE } from './cognito.ts';
import { type CognitoFake, cognitoFake } from './cognitoFake.ts';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly string[];
}

const schemas = document.components.schemas as unknown as Readonly<Record<string, Schema>>;

const nameOf = ($ref: string) => $ref.split('/').at(-1) ?? '';

/** The path of every member of a schema that has no members of its own, and the enum it takes its values from. */
export function leaves(schemaName: string): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  const walk = (schema: Schema, path: string, name?: string): void => {
    if (schema.$ref !== undefined) return walk(schemas[nameOf(schema.$ref)] ?? {}, path, nameOf(schema.$ref));
    if (schema.items !== undefined) return walk(schema.items, path);
    if (schema.properties === undefined) return void found.set(path, schema.enum && name);
    for (const [member, inner] of Object.entries(schema.properties)) walk(inner, path ? `${path}.${member}` : member);
  };
  walk(schemas[schemaName] ?? {}, '');
  return found;
}

export const valuesOf = (enumName: string): readonly string[] => schemas[enumName]?.enum ?? [];

/** The configuration with the member at `path` set, or left out where `value` is undefined. */
export function withMember(config: AuthConfig, path: string, value: unknown): AuthConfig {
  const copy = structuredClone(config);
  const members = path.split('.');
  const last = members.pop() ?? '';
  // biome-ignore lint/suspicious/noExplicitAny: the path is the document's
  let place: any = copy;
  for (const member of members) place = place[member] ??= {};
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

/** What is sent: by the thing and its field, such as `UserPool.PoolName`, the values that it was given. */
export type Sent = ReadonlyMap<string, readonly unknown[]>;

/** What the provisioner sends to create what a configuration asks for, and to update another one to it. */
export async function sender() {
  const fake = await cognitoFake();
  const provisioner = cognito({
    region: REGION,
    endpoint: fake.url,
    identityEndpoint: undefined,
    roles: { sms: SMS_ROLE, authenticated: undefined, unauthenticated: undefined },
  });
  const empty = fake.save();
  const place = { appId: 'd1', environment: 'staging', resourceName: 'auth' };
  const signal = new AbortController().signal;
  const creates = async (config: AuthConfig): Promise<Sent> => {
    fake.restore(empty);
    fake.calls.length = 0;
    await provisioner.apply({ ...place, config, resources: undefined }, signal);
    return sent(fake);
  };
  const updates = async (before: AuthConfig, config: AuthConfig): Promise<Sent> => {
    fake.restore(empty);
    const resources = await provisioner.apply({ ...place, config: before, resources: undefined }, signal);
    fake.calls.length = 0;
    await provisioner.apply({ ...place, config, resources }, signal);
    return sent(fake);
  };
  return { creates, updates };
}

function sent({ calls }: CognitoFake): Sent {
  const fields = new Map<string, unknown[]>();
  const add = (key: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [member, inner] of Object.entries(value)) add(`${key}.${member}`, inner);
    } else fields.set(key, [...(fields.get(key) ?? []), value]);
  };
  for (const { name, input } of calls) {
    const [, thing] = /^(?:Create|Update|Set)(.+)/.exec(name) ?? [];
    const { UserPoolId: _pool, ClientId: _client, IdentityPoolId: _identities, ...rest } = input;
    if (thing !== undefined) add(thing, rest);
  }
  return fields;
}

/** The fields in which two differ, but for the ids that each has of its own. */
export function differing(a: Sent, b: Sent): string[] {
  const text = (sent: Sent, key: string) =>
    JSON.stringify(sent.get(key))?.replaceAll(/(pool|client|identities-)\d+x/g, 'id');
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => text(a, key) !== text(b, key)).sort();
}
