import { componentName, type Document, operationsOf, type Response, resolve } from '../document/document.ts';
import { StepFailed } from './step.ts';
import { banner, jsdoc, literal, nameable } from './text.ts';

export interface ErrorResponse {
  /** The name of the response component. */
  readonly name: string;
  readonly description: string;
  readonly status: number;
  /** The name on the wire. */
  readonly type: string;
}

/** The errors that the document names: component responses that fix the header x-amzn-ErrorType. */
export function errors(document: Document): string {
  const entries = errorsOf(document).map(({ name, description, status, type }) => {
    return `${jsdoc(description, '  ')}  ${name}: { status: ${status}, type: ${literal(type)} },\n`;
  });
  return `${banner}
export const errors = {
${entries.join('')}} as const;

export type ErrorName = keyof typeof errors;
`;
}

export function errorsOf(document: Document): ErrorResponse[] {
  const statuses = statusesOf(document);
  return Object.entries(document.components?.responses ?? {}).flatMap(([name, node]) => {
    const response = resolve<Response>(document, node);
    const type = wireName(document, response);
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

function wireName(document: Document, response: Response): string | undefined {
  const header = Object.entries(response.headers ?? {}).find(([name]) => name.toLowerCase() === 'x-amzn-errortype');
  const schema = header && resolve(document, header[1]).schema;
  const value = schema && resolve(document, schema).const;
  return typeof value === 'string' ? value : undefined;
}
