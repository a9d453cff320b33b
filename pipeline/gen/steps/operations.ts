import { inputOf } from '../../document/input.ts';
import { jsonOf } from '../../document/mediaTypes.ts';
import type { Operation } from '../../document/operations.ts';
import type { Document } from '../../document/types.ts';
import type { Step } from '../step.ts';
import { banner, jsdoc, literal, member } from '../text.ts';
import { isHandled } from './handlers.ts';

export const operations: Step = {
  name: 'operations',
  makes: ({ generated }) => `${generated}/operations.ts`,
  run: ({ project, document, operations: all }) => ({
    files: new Map([
      [
        `${project.generated}/operations.ts`,
        banner(project) +
          operationTable(
            document,
            all.filter((one) => isHandled(project, one)),
          ),
      ],
    ]),
  }),
};

/** The table that dispatcher and client read at run time: what stands where in the request, and what success is. */
export function operationTable(document: Document, operations: readonly Operation[]): string {
  const entries = operations.map((operation) => {
    const { id, method, path, parameters, object } = operation;
    const named = (place: string) => parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
    const fields = {
      method,
      path,
      pathParams: named('path'),
      queryParams: named('query'),
      headerParams: named('header'),
      body: inputOf(document, operation).body,
      status: successOf(operation),
    };
    const { bodyType, empty } = unusual(operation, successOf(operation));
    Object.assign(fields, bodyType && { bodyType }, empty && { empty });
    const lines = Object.entries(fields).map(([name, value]) => `    ${name}: ${literal(value)},\n`);
    return `${jsdoc(object.summary, '  ')}  ${member(id)}: {\n${lines.join('')}  },\n`;
  });
  return `
export const operations = {
${entries.join('')}} as const;

export type OperationId = keyof typeof operations;
`;
}

/** Members that few operations need. */
function unusual({ method, body, responses }: Operation, status: number): { bodyType?: string; empty?: true } {
  const type = jsonOf(body?.contents ?? [])?.name;
  const response = responses.find((one) => [String(status), '2XX', 'default'].includes(one.status));
  const empty = status === 200 && (method === 'HEAD' || (response?.contents ?? []).length === 0);
  return { ...(type && type !== 'application/json' && { bodyType: type }), ...(empty && { empty }) };
}

function successOf({ object }: Operation): number {
  const status = Object.keys(object.responses ?? {}).find((key) => /^2(\d\d|XX)$/i.test(key));
  return Number(status?.replace(/XX/i, '00') ?? 200);
}
