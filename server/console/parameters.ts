import { type OpenApiDocument, operationOf } from '../../pipeline/forms/document.ts';

interface Example {
  readonly example?: unknown;
}

/** The document's own example of an app's id. */
export function exampleApp({ components }: OpenApiDocument): string {
  const { appId } = (components?.parameters ?? {}) as Readonly<Record<string, Example>>;
  return String(appId?.example ?? '');
}

/** Of what is known, what an operation takes; the rest of its form is empty at first. */
export function taken(
  document: OpenApiDocument,
  operationId: string,
  known: Readonly<Record<string, unknown>>,
): object {
  const { properties = {} } = operationOf(document, operationId).input;
  return Object.fromEntries(Object.entries(known).filter(([name, value]) => name in properties && value !== undefined));
}
