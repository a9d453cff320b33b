import fc from 'fast-check';

/** Names that someone chose without thinking of TypeScript. */
const name = fc.oneof(
  fc.constantFrom(
    'Pet',
    'pet',
    'a-b',
    'a.b',
    '1st',
    'default',
    'class',
    'type',
    'body',
    'constructor',
    'é',
    'toString',
  ),
  fc.string({ unit: fc.constantFrom(...'abAB09_-.'), minLength: 1, maxLength: 6 }),
);
/** Names that components may have (OpenAPI 3.1, "Components Object"). */
const componentNames = fc.uniqueArray(
  name.filter((text) => /^[a-zA-Z0-9._-]+$/.test(text)),
  { minLength: 1, maxLength: 5 },
);
const text = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('*/', '/* x', '`${x}`', "'", '"', '\\', 'a\nb'));
const id = fc.oneof(
  fc.constantFrom('get', '../../x', 'a/b', 'a_b', 'delete', 'Delete', 'index', 'then', '', '__proto__', 'Services'),
  text,
);

const maybe = <T>(what: fc.Arbitrary<T>) => fc.option(what, { nil: undefined });
/** Without the members that are not there: JSON has no undefined. */
const object = (members: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(members).map((made) => JSON.parse(JSON.stringify(made)) as Record<string, unknown>);

function schemas(refs: readonly string[], is31: boolean): fc.Arbitrary<unknown> {
  const { schema } = fc.letrec<{ schema: unknown }>((tie) => {
    const inner = tie('schema');
    const members = fc.dictionary(name, inner, { maxKeys: 3 });
    const nothing: Record<string, fc.Arbitrary<unknown>> = is31 ? {} : { nullable: maybe(fc.constant(true)) };
    const type = is31 ? fc.constantFrom('string', ['string', 'null'], 'integer') : fc.constantFrom('string', 'integer');
    return {
      schema: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        object({ type, description: maybe(text), format: maybe(fc.constantFrom('date', 'uuid', 'odd')), ...nothing }),
        object({ $ref: fc.constantFrom(...refs).map((ref) => `#/components/schemas/${ref}`) }),
        object({ enum: fc.uniqueArray(fc.jsonValue({ maxDepth: 0 }), { minLength: 1, maxLength: 4 }), ...nothing }),
        object({ type: fc.constant('array'), items: inner, minItems: maybe(fc.constant(1)), ...nothing }),
        object({
          type: maybe(fc.constant('object')),
          properties: maybe(members),
          required: maybe(fc.uniqueArray(name, { minLength: 1, maxLength: 2 })),
          additionalProperties: maybe(fc.oneof(fc.boolean(), inner)),
          ...nothing,
        }),
        object({ allOf: fc.array(inner, { minLength: 1, maxLength: 2 }), ...nothing }),
        object({ oneOf: fc.array(inner, { minLength: 1, maxLength: 3 }), title: maybe(text) }),
        object({ anyOf: fc.array(inner, { minLength: 1, maxLength: 2 }), not: maybe(inner) }),
        ...(is31 ? [fc.boolean(), object({ const: fc.jsonValue({ maxDepth: 1 }) })] : []),
      ),
    };
  });
  return schema;
}

const contentOf = (schema: fc.Arbitrary<unknown>) =>
  fc.dictionary(
    fc.constantFrom('application/json', 'application/a+json', 'text/plain', 'multipart/form-data', '*/*'),
    object({ schema: maybe(schema), example: maybe(fc.jsonValue({ maxDepth: 1 })) }),
    { minKeys: 1, maxKeys: 2 },
  );

function operations(schema: fc.Arbitrary<unknown>) {
  const parameter = object({
    name,
    in: fc.constantFrom('query', 'header', 'cookie'),
    required: maybe(fc.boolean()),
    schema,
  });
  const parameters = fc.uniqueArray(parameter, { maxLength: 2, selector: (made) => `${made.in} ${made.name}` });
  const response = object({ description: text, content: maybe(contentOf(schema)) });
  return object({
    operationId: maybe(id),
    summary: maybe(text),
    deprecated: maybe(fc.boolean()),
    parameters: maybe(parameters),
    requestBody: maybe(object({ required: maybe(fc.boolean()), content: contentOf(schema) })),
    responses: fc.dictionary(fc.constantFrom('200', '201', '204', '2XX', '302', '400', 'default'), response, {
      minKeys: 1,
      maxKeys: 3,
    }),
  });
}

/** A small valid document of OpenAPI 3.0 or 3.1. */
export const anyDocument: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(fc.constantFrom('3.0.3', '3.1', '3.1.0'), componentNames)
  .chain(([openapi, names]) => {
    const schema = schemas(names, openapi.startsWith('3.1'));
    const methods = fc.dictionary(
      fc.constantFrom('get', 'put', 'post', 'delete', 'patch', 'head'),
      operations(schema),
      {
        minKeys: 1,
        maxKeys: 3,
      },
    );
    const path = fc.tuple(fc.constantFrom('/', '/a', '/a/{id}', '/a/{id}.{x-y}', "/it's", '/a/{ID}/'), methods);
    return fc.record({
      openapi: fc.constant(openapi),
      info: fc.constant({ title: 'Any', version: '1' }),
      paths: fc
        .uniqueArray(path, { maxLength: 3, selector: ([key]) => key })
        .map((entries) =>
          Object.fromEntries(entries.map(([key, item]) => [key, { ...item, parameters: inPath(key) }])),
        ),
      components: fc
        .tuple(...names.map(() => schema))
        .map((made) => ({ schemas: Object.fromEntries(names.map((each, index) => [each, made[index]])) })),
    });
  });

const inPath = (path: string) =>
  [...path.matchAll(/\{(.*?)\}/g)].map(([, each]) => ({
    name: each,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
