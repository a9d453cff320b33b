import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operationsIn } from '../../document/operations.ts';
import type { Document, OperationObject } from '../../document/types.ts';
import type { Project } from '../config.ts';
import { lowered } from '../lowered.ts';
import type { Step } from '../step.ts';
import { shellOf } from './pageShell.ts';

/** The reference page: Redoc with the document in one HTML file that fetches nothing. */
export const page: Step = {
  name: 'docs',
  makes: (project) => (project.page ? pathOf(project) : undefined),
  load: (project) => (project.page ? shellOf(project) : Promise.resolve()),
  run: async ({ project, text, report }) => {
    try {
      return { files: new Map([[pathOf(project), await pageOf(project, text)]]) };
    } catch (error) {
      // Everything else can be made without it.
      report.leftOut(`the reference page: ${(error as Error).message.split('\n')[0]}`);
      return {};
    }
  },
};

/** Relative to /docs. */
const TRY_LINK = 'docs/try#{operationId}';

export const pathOf = ({ generated }: Project): string => `${generated}/docs/index.html`;

export async function pageOf(project: Project, text: string): Promise<string> {
  const document = emptyLast(downloadable(titled(lowered(JSON.parse(text) as Document), project.tryIt ?? TRY_LINK)));
  const shell = await shellOf(project);
  const title = (document.info.title ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const definition = JSON.stringify(document).replaceAll('<', '\\u003c');
  return shell(title, definition).replace(/^\s*<!DOCTYPE html>/i, `<!DOCTYPE html>\n<!-- ${markOf(project, text)} -->`);
}

/** A mark of what a page is made of: the document, how it is to look, and the code that makes it. */
export function markOf({ redocly, tryIt }: Pick<Project, 'redocly' | 'tryIt'>, text: string): string {
  const hash = createHash('sha256').update(text).update(`${tryIt}`);
  if (redocly !== undefined && existsSync(redocly)) hash.update(readFileSync(redocly));
  for (const file of ['page.ts', 'pageLook.ts', 'pageShell.ts', 'selfContained.ts', '../lowered.ts']) {
    const path = join(import.meta.dirname, file);
    hash.update(existsSync(path) ? readFileSync(path) : file);
  }
  return hash.digest('hex');
}

/**
 * Heads each operation with its id, which Redoc shows nowhere, and puts its summary before its description. With an
 * address to try it at, a link leads there; preflights have none, since browsers send them by themselves.
 */
function titled(document: Document, tryIt: string | false): Document {
  for (const item of Object.values(document.paths ?? {})) {
    for (const { method, object } of operationsIn(item)) {
      const operation = object as { -readonly [Name in keyof OperationObject]: OperationObject[Name] };
      const { operationId, summary, description } = operation;
      if (!operationId || !summary) continue;
      operation.summary = operationId;
      const link =
        tryIt !== false &&
        method !== 'OPTIONS' &&
        `[Try it](${tryIt.replaceAll('{operationId}', encodeURIComponent(operationId))})`;
      operation.description = [`${summary.replace(/[.!?]$/, '')}.`, link, description].filter(Boolean).join('\n\n');
    }
  }
  return document;
}

/** Leads to the document itself, which the server sends beside the page. */
function downloadable(document: Document): Document {
  const info = document.info as { description?: string };
  const links = 'Download this document: [openapi.json](openapi.json) · [openapi.yaml](openapi.yaml)';
  info.description = [info.description, links].filter(Boolean).join('\n\n');
  return document;
}

/** Schemas that say nothing of a value, such as a bare `object`, come after those that do. */
function emptyLast(document: Document): Document {
  const components = document.components as { schemas?: Record<string, unknown> } | undefined;
  if (components?.schemas === undefined) return document;
  const isEmpty = (schema: unknown): boolean =>
    !Object.keys(Object(schema)).some((keyword) => !['type', 'title', 'description'].includes(keyword)) &&
    ['object', undefined].includes(Object(schema).type);
  const all = Object.entries(components.schemas);
  components.schemas = Object.fromEntries([
    ...all.filter(([, schema]) => !isEmpty(schema)),
    ...all.filter(([, schema]) => isEmpty(schema)),
  ]);
  return document;
}
