import { createConfig } from '@redocly/openapi-core';
import {
  astToString,
  type GlobalContext,
  type OpenAPI3,
  resolveRef,
  scanDiscriminators,
  transformSchema,
} from 'openapi-typescript';
import type { Document } from '../document/document.ts';
import { cyclesOf } from './cycles.ts';
import { banner } from './text.ts';

/**
 * The TypeScript types of the document. The one module that knows openapi-typescript, of which it takes the parts: the
 * whole would lint and bundle once more, which for a large document is half of its time.
 */
export async function types(document: Document): Promise<string> {
  // It changes what it is given.
  const copy = structuredClone(document);
  for (const { reference } of cyclesOf(copy)) delete (reference as { $ref?: string }).$ref;
  const schema = copy as unknown as OpenAPI3;
  const context: GlobalContext = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: true,
    discriminators: scanDiscriminators(schema, { silent: true }),
    emptyObjectsUnknown: false,
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
    transform: undefined,
    transformProperty: undefined,
    inject: undefined,
  };
  return `${banner}\n${astToString(transformSchema(schema, context))}`;
}
