import bundle from '../../generated/openapi.json' with { type: 'json' };
import { operationsOf } from '../../pipeline/document/operations.ts';
import type { Document } from '../../pipeline/document/types.ts';

/** The document of the API. */
export const document = bundle as unknown as Document;

/** Its operations by their ids. */
export const operations = new Map(operationsOf(document).map((operation) => [operation.id, operation]));
