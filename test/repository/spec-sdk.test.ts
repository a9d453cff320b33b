import { describe, expect, it } from 'vitest';
import { ownEnums, ownErrorMembers } from '../facts/sdk-differences.ts';
import { document, operations } from '../helpers/bundledDocument.ts';
import { errorsOf, factsOf, membersOf } from '../helpers/documentFacts.ts';
import type { Facts } from '../helpers/facts.ts';
import { sdkEnum } from '../helpers/sdkEnums.ts';
import { requiredInAnswer, sdkErrors, sdkOperation, sdkStructure } from '../helpers/sdkFacts.ts';

// A preflight is sent by browsers; no SDK knows of it.
const called = operations.filter(({ method }) => method !== 'options');
const schemas = Object.entries(document.components.schemas);

/** As the SDK sees it: strings are free where only the document knows an enum. */
function withoutOwnEnums(facts: Facts): Facts {
  const known = (what: string) => what.replace(/ of (\w+)/, (all, name: string) => (name in ownEnums ? '' : all));
  return Object.fromEntries(Object.entries(facts).map(([place, what]) => [place, known(what)]));
}

describe.each(called)('$id, as the AWS SDK sends and reads it,', (operation) => {
  const ours = factsOf(operation);
  const theirs = sdkOperation(operation.id);

  it('has its method, path and status', () => {
    expect(`${ours.method} ${ours.path} ${ours.status}`).toBe(`${theirs?.method} ${theirs?.path} ${theirs?.status}`);
  });
  it('takes its members by place, name, type and values, and requires the same', () => {
    expect(withoutOwnEnums(ours.input)).toEqual(theirs?.input);
  });
  it('answers its members by name, type and values', () => {
    expect(withoutOwnEnums(ours.output)).toEqual(theirs?.output);
  });
  it('is promised no member of an answer by the SDK, so that the document is free to require some', () => {
    expect(requiredInAnswer(operation.id)).toBe(0);
  });
  it('has an error for each of its exceptions, and no other', () => {
    expect(
      errorsOf(operation)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...sdkErrors.keys()].sort());
  });
  it.each(errorsOf(operation))('answers $status as a $name with its members', ({ status, name, members }) => {
    const theirs = sdkErrors.get(name);
    const { ...shared } = members as Record<string, string>;
    for (const member of Object.keys(ownErrorMembers)) delete shared[member];
    expect({ status, members: shared }).toEqual(theirs);
  });
});

describe('an enum of the document', () => {
  const enums = schemas.filter(([, schema]) => schema.enum);
  it.each(enums.filter(([name]) => !(name in ownEnums)))(
    '%s has the values that the SDK exports by its name',
    (name, schema) => {
      expect([...(schema.enum ?? [])].sort()).toEqual([...(sdkEnum(name) ?? [])].sort());
    },
  );
  it.each(Object.keys(ownEnums))('%s is not in the SDK', (name) => {
    expect(enums.map(([name]) => name)).toContain(name);
    expect(sdkEnum(name)).toBeUndefined();
  });
});

describe('a schema named as a structure of the SDK', () => {
  it.each(schemas.filter(([name]) => sdkStructure(name)))(
    '%s has its members and requires the same',
    (name, schema) => {
      expect(withoutOwnEnums(membersOf(schema))).toEqual(sdkStructure(name));
    },
  );
});
