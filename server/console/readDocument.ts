import type { OpenApiDocument } from '../../pipeline/forms/document.ts';

/** The document of the server that the page came from. */
export async function readDocument(signal: AbortSignal): Promise<OpenApiDocument> {
  const answer = await fetch('/openapi.json', { signal });
  if (!answer.ok) throw new Error(`/openapi.json was answered ${answer.status}.`);
  return (await answer.json()) as OpenApiDocument;
}
