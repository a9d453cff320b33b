import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import type { Document } from './document.ts';
import { banner } from './text.ts';

/** The TypeScript types of the document. The one module that knows openapi-typescript. */
export async function types(document: Document): Promise<string> {
  // It changes what it is given.
  const ast = await openapiTS(structuredClone(document) as unknown as OpenAPI3, { silent: true });
  return `${banner}\n${astToString(ast)}`;
}
