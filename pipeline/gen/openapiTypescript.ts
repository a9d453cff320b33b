import { createConfig } from '@redocly/openapi-core';
import { astToString, type GlobalContext, type OpenAPI3, resolveRef, transformSchema } from 'openapi-typescript';
import ts from 'typescript';
import type { Document } from '../document/types.ts';
import { cyclesOf } from './cycles.ts';

/**
 * TypeScript of a document that `Typed` has prepared. The one module that knows openapi-typescript, whose parts it uses:
 * the whole would lint and bundle once more, which for a large document is half of its time. Changes the document.
 */
export async function typesOf(document: Document): Promise<string> {
  for (const { reference } of cyclesOf(document)) delete (reference as { $ref?: string }).$ref;
  const schema = document as unknown as OpenAPI3;
  const context: GlobalContext = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    // The view decides which side fills in defaults.
    defaultNonNullable: false,
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    redoc: await createConfig({}),
    resolve: ($ref) => resolveRef(schema, $ref, { silent: true }),
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: (node) => {
      const name = (node as unknown as Record<string, unknown>)['x-type'];
      return typeof name === 'string' ? ts.factory.createTypeReferenceNode(name) : undefined;
    },
    transformProperty: undefined,
    inject: undefined,
  };
  return astToString(transformSchema(schema, context));
}
