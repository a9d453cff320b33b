import { randomUUID } from 'node:crypto';
import type { Document, Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { exampleParameters } from '../state.ts';
import { checkAnswer, type Found } from '../wire/check.ts';
import type { Answer } from '../wire/sender.ts';
import { accepted, type Case, type Context, failures } from './case.ts';
import { requestOf } from './exchange.ts';

const ORIGIN = 'https://page.example';

/**
 * What holds of a path rather than of an operation: methods that it does not have, and what a browser asks first.
 * `errorsAlike` says that `default` is also about requests that are no operation's, of which OpenAPI says nothing.
 */
export function pathCases(document: Document, errorsAlike: boolean): Case[] {
  const paths = [...new Set(document.operations.map(({ path }) => path))];
  return [
    ...document.operations.filter(({ method }) => method === 'OPTIONS').map((one) => preflight(document, one)),
    ...paths.flatMap((path) => undeclaredMethods(document, path, errorsAlike)),
    {
      operation: 'paths',
      title: 'answers 404 at a path that is not documented',
      run: async (context) => {
        const path = `/none-${randomUUID()}`;
        const answer = await context.sender.send({ method: 'GET', path, headers: {}, body: undefined });
        return failures(isStatus(answer, 404), answer);
      },
    },
  ];
}

function preflight(document: Document, operation: Operation): Case {
  const [method = 'GET'] = document.methodsOf(operation.path).filter((one) => one !== 'OPTIONS');
  return {
    operation: operation.id,
    title: `lets pages of any origin send ${method}`,
    run: async (context) => {
      const request = requestOf(context, operation, exampleParameters(document, operation), undefined);
      const asked = {
        origin: ORIGIN,
        'access-control-request-method': method,
        'access-control-request-headers': 'content-type',
      };
      const answer = await context.sender.send({ ...request, headers: { ...request.headers, ...asked } });
      context.coverage.answered(operation, answer.status);
      const found = checkAnswer(context, operation, answer, accepted(operation));
      return failures([...found, ...cors(operation, answer, method)], answer);
    },
  };
}

/** What the declared CORS headers must say for the browser to go on (the Fetch standard's CORS protocol). */
function cors({ responses }: Operation, { headers, status }: Answer, method: string): Found[] {
  const declared = Object.keys(responses[status]?.headers ?? {}).map((name) => name.toLowerCase());
  const allows = (name: string, wanted: string) => {
    if (!declared.includes(name)) return [];
    const values = String(headers[name] ?? '').split(/\s*,\s*/);
    if (values.some((value) => value === '*' || value.toLowerCase() === wanted.toLowerCase())) return [];
    return [{ rule: 'cors', place: name, message: `the header ${name} does not allow ${wanted}` }];
  };
  return [
    ...allows('access-control-allow-origin', ORIGIN),
    ...allows('access-control-allow-methods', method),
    ...allows('access-control-allow-headers', 'content-type'),
  ];
}

function undeclaredMethods(document: Document, path: string, errorsAlike: boolean): Case[] {
  const methods = document.methodsOf(path);
  const operation = document.operations.find((one) => one.path === path);
  if (operation === undefined) return [];
  return ['DELETE', 'PUT', 'PATCH', 'GET']
    .filter((method) => !methods.includes(method))
    .slice(0, 2)
    .map((method) => ({
      operation: path,
      title: `answers 405 to ${method}`,
      run: async (context: Context) => {
        const request = requestOf(context, operation, exampleParameters(document, operation), undefined);
        const answer = await context.sender.send({ ...request, method });
        const form = errorsAlike ? likeDefault(context, operation, answer) : [];
        return failures([...isStatus(answer, 405), ...form], answer);
      },
    }));
}

/** The form that the document gives to whatever else goes wrong. */
function likeDefault({ validators }: Context, { responses }: Operation, answer: Answer): Found[] {
  const schema = responses.default?.content['application/json'];
  if (schema === undefined || answer.status !== 405 || !isObject(answer.json)) return [];
  return validators
    .response(schema, answer.json)
    .map(({ place, message }) => ({ rule: 'schema', place, message: `${place} ${message}` }));
}

function isStatus({ status }: Answer, wanted: number): Found[] {
  return status === wanted ? [] : [{ rule: 'status', place: '', message: `answered ${status}, expected ${wanted}` }];
}
