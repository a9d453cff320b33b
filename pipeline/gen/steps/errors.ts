import { operationsOf } from '../../document/operations.ts';
import { componentName, resolve } from '../../document/references.ts';
import type { Document, HeaderObject, ResponseObject, Schema } from '../../document/types.ts';
import { type Step, StepFailed } from '../step.ts';
import { banner, jsdoc, literal, nameable } from '../text.ts';

/** The errors that a document names on the wire. */
export const errors: Step = {
  name: 'errors',
  makes: ({ generated, errorHeader }) => (errorHeader === undefined ? undefined : `${generated}/errors.ts`),
  run: ({ project, document }) => {
    const found = errorsOf(document, project.errorHeader);
    return { files: new Map([[`${project.generated}/errors.ts`, banner(project) + errorTable(found)]]) };
  },
};

export interface ErrorResponse {
  /** The name of the response component. */
  readonly name: string;
  readonly description: string;
  readonly status: number;
  /** The name on the wire. */
  readonly type: string;
}

export function errorTable(errors: readonly ErrorResponse[]): string {
  const entries = errors.map(({ name, description, status, type }) => {
    return `${jsdoc(description, '  ')}  ${name}: { status: ${status}, type: ${literal(type)} },\n`;
  });
  return `
export const errors = {
${entries.join('')}} as const;

export type ErrorName = keyof typeof errors;
`;
}

/** Component responses in which the given header has a constant value: the error's name on the wire. */
export function errorsOf(document: Document, header: string | undefined): ErrorResponse[] {
  if (header === undefined) return [];
  const statuses = statusesOf(document);
  return Object.entries(document.components?.responses ?? {}).flatMap(([name, node]) => {
    const response = resolve<ResponseObject>(document, node);
    const type = wireName(document, response, header);
    const [status, other] = statuses.get(name) ?? [];
    if (type === undefined || status === undefined) return [];
    if (other !== undefined)
      throw new StepFailed(`The response ${name} stands for ${status} and for ${other}; one is needed.`);
    return [{ name: nameable(name, 'response'), description: response.description ?? '', status, type }];
  });
}

/** The statuses under which operations use each component response. */
function statusesOf(document: Document): Map<string, number[]> {
  const statuses = new Map<string, number[]>();
  for (const { object } of operationsOf(document)) {
    for (const [status, response] of Object.entries(object.responses ?? {})) {
      const name = componentName('responses', response);
      if (name === undefined || !/^\d{3}$/.test(status)) continue;
      statuses.set(name, [...new Set([...(statuses.get(name) ?? []), Number(status)])]);
    }
  }
  return statuses;
}

function wireName(document: Document, response: ResponseObject, header: string): string | undefined {
  const found = Object.entries(response.headers ?? {}).find(([name]) => name.toLowerCase() === header.toLowerCase());
  const schema = found && resolve<HeaderObject>(document, found[1]).schema;
  const value = schema && resolve<Schema>(document, schema as never).const;
  return typeof value === 'string' ? value : undefined;
}
