import { describe, expect, it } from 'vitest';
import { enums, operation, type PropertyFact, preflight, schemas } from '../facts/update-backend-auth.ts';
import { document, jsonSchema, operations, refersTo, resolve, type Schema } from '../helpers/bundledDocument.ts';

const at = operations.filter(({ path }) => path === operation.path);
const ours = at.find(({ method }) => method === operation.method);
const component = (name: string): Schema => document.components.schemas[name] ?? {};
const properties = Object.entries(schemas).flatMap(([schema, { properties }]) =>
  Object.entries(properties).map(([property, fact]) => ({ schema, property, ...fact })),
);
const propertyOf = (schema: string, property: string): Schema => component(schema).properties?.[property] ?? {};

describe('the operation of the page', () => {
  it('has its id, under its method and path', () => expect(ours?.id).toBe(operation.id));
  it('is served under its base path', () => expect(document.servers.map(({ url }) => url)).toContain(operation.base));
  it('shares its path with its preflight alone', () => {
    expect(at.map(({ method }) => method).sort()).toEqual([operation.method, preflight.method].sort());
  });
  it.each(at)('$id takes its path parameters and no other, all required', ({ parameters }) => {
    const expected = Object.entries(operation.pathParameters).map(([name, type]) => ({ name, in: 'path', type }));
    expect(parameters.map((each) => ({ name: each.name, in: each.in, type: resolve(each.schema).type }))).toEqual(
      expected,
    );
    expect(parameters.filter(({ required }) => required !== true)).toEqual([]);
  });
  it('takes its request schema as JSON and as nothing else', () => {
    expect(Object.keys(ours?.requestBody?.content ?? {})).toEqual(['application/json']);
    expect(refersTo(jsonSchema(ours?.requestBody) ?? {})).toBe(operation.body);
  });
  it('answers with its statuses, and else with the default', () => {
    expect(Object.keys(ours?.responses ?? {}).sort()).toEqual([...Object.keys(operation.responses), 'default'].sort());
  });
  it.each(Object.entries(operation.responses))('answers %s with %s', (status, name) => {
    const response = ours?.responses[status];
    expect(Object.keys(response?.content ?? {})).toEqual(['application/json']);
    const schema = jsonSchema(response) ?? {};
    // An error carries the schema of the page with an envelope around it.
    const carried = status === '200' ? [schema] : (schema.allOf ?? []);
    expect(carried.map(refersTo)).toContain(name);
  });
  it('has a preflight with its statuses, which answers nothing but headers', () => {
    const { responses = {} } = at.find(({ method }) => method === preflight.method) ?? {};
    expect(Object.keys(responses)).toEqual(preflight.statuses);
    expect(Object.values(responses).filter(({ content }) => content !== undefined)).toEqual([]);
  });
});

describe.each(Object.entries(schemas))('the schema %s of the page', (name, fact) => {
  const schema = component(name);

  it('is an object', () => expect(schema.type).toBe('object'));
  it('has exactly its properties', () => {
    expect(Object.keys(schema.properties ?? {}).sort()).toEqual(Object.keys(fact.properties).sort());
  });
  it('requires exactly what it requires there', () => {
    const required = Object.keys(fact.properties).filter((property) => fact.properties[property]?.required);
    expect([...(schema.required ?? [])].sort()).toEqual(required.sort());
  });
  it(fact.deprecated ? 'is deprecated' : 'is not deprecated', () => {
    expect(schema.deprecated ?? false).toBe(fact.deprecated ?? false);
  });
  it('says nothing more about an object', () => {
    // Such as a least number of properties, or that there can't be others.
    const known = ['type', 'description', 'properties', 'required', 'deprecated'];
    expect(Object.keys(schema).filter((keyword) => !known.includes(keyword))).toEqual([]);
  });
});

/** Cognito takes no more CallbackURLs or LogoutURLs of an app client. */
const COGNITO_MAX_URLS = 100;

describe('a property of the page', () => {
  it.each(properties)('$property of $schema is of the type $type', ({ schema, property, type }) => {
    expect(typesOf(propertyOf(schema, property))).toContain(type);
  });
  it.each(properties)(
    '$property of $schema has its values, or is free',
    ({ schema, property, type, values = enums[type] }) => {
      const { items, ...rest } = resolveIn(propertyOf(schema, property));
      const given = items ? resolveIn(items).enum : rest.enum;
      expect(given && [...given].sort()).toEqual(values && [...values].sort());
    },
  );
  it.each(properties)(
    '$property of $schema is deprecated only where it is there',
    ({ schema, property, deprecated }) => {
      expect(propertyOf(schema, property).deprecated ?? false).toBe(deprecated ?? false);
    },
  );
  it.each(properties)(
    '$property of $schema is restricted by nothing but type and values',
    ({ schema, property, type }) => {
      const known = ['$ref', 'type', 'description', 'enum', 'items', 'deprecated', 'maxItems'];
      // A bare object has members that the page keeps to itself: it may name some, and must stay open.
      if (type === 'object') known.push('properties', 'additionalProperties');
      const { $ref: _, ...place } = propertyOf(schema, property);
      const all = type in schemas ? place : resolveIn(propertyOf(schema, property));
      expect(
        Object.keys({ ...all, ...(all.items && resolveIn(all.items)) }).filter((keyword) => !known.includes(keyword)),
      ).toEqual([]);
      expect(all.additionalProperties ?? true).toBe(true);
      // The page bounds no array. The contract does, where more than that has no meaning.
      expect(all.maxItems).toBe(all.items && (resolveIn(all.items).enum?.length ?? COGNITO_MAX_URLS));
    },
  );
});

describe('an enum of the page', () => {
  it.each(Object.entries(enums))('%s is a string with exactly its values', (name, values) => {
    expect(component(name).type).toBe('string');
    expect([...(component(name).enum ?? [])].sort()).toEqual([...values].sort());
  });
});

/** A reference with what it points to. */
function resolveIn({ $ref, ...place }: Schema): Schema {
  return $ref === undefined ? place : { ...resolve<Schema>({ $ref }), ...place };
}

/** Both names that the page could call it by: that of the schema, and that of the type. */
function typesOf(schema: Schema): PropertyFact['type'][] {
  const { type = 'none', items } = resolveIn(schema);
  const name = refersTo(schema);
  return [items ? `${type} of ${resolveIn(items).type}` : type, ...(name === undefined ? [] : [name])];
}
