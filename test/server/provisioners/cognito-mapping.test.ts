import { expect, it } from 'vitest';
import type { AuthConfig } from '../../../server/provisioners/provisioner.ts';
import { choices } from '../../helpers/cognitoChoices.ts';
import { differing, leaves, sender, valuesOf, withMember } from '../../helpers/cognitoMapping.ts';
import { members, whole } from '../../helpers/cognitoMembers.ts';

const CREATE = leaves('CreateBackendAuthResourceConfig');
const UPDATE = leaves('UpdateBackendAuthResourceConfig');

it('has every member of the contract in its table, and no other', () => {
  expect(Object.keys(members).sort()).toEqual([...CREATE.keys()].sort());
  for (const path of UPDATE.keys()) expect(members).toHaveProperty([path]);
});

it('has every value of every enum of the contract in its table, and no other', () => {
  const used = new Set([...CREATE.values(), ...UPDATE.values()].filter((name) => name !== undefined));
  expect(Object.keys(choices).sort()).toEqual([...used].sort());
  for (const [name, { given }] of Object.entries(choices)) {
    expect(Object.keys(given).sort(), name).toEqual([...valuesOf(name)].sort());
  }
});

it('sends every member to the fields that the table says, and nowhere else, on creation and on update', async () => {
  const { creates, updates } = await sender();
  for (const [path, row] of Object.entries(members)) {
    if (typeof row === 'string') continue;
    const { values, reach, within = whole } = row;
    const [one, two] = values.map((value) => withMember(within, path, value)) as [AuthConfig, AuthConfig];
    expect(differing(await creates(one), await creates(two)), path).toEqual([...reach].sort());
    if (!UPDATE.has(path)) continue;
    expect(differing(await updates(one, one), await updates(one, two)), path).toEqual([...reach].sort());
  }
});

it('sends every value of every enum as what the table says', async () => {
  const { creates } = await sender();
  for (const { path, list, given } of Object.values(choices)) {
    for (const [name, [field, value]] of Object.entries(given)) {
      const sent = await creates(withMember(whole, path, list ? [name] : name));
      expect(sent.get(field)?.at(-1), name).toEqual(value);
    }
  }
});
