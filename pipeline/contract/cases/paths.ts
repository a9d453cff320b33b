import { randomUUID } from 'node:crypto';
import type { Document, Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { validate } from '../schema/validate.ts';
import { Credentials } from '../security/credentials.ts';
import { checkAnswer, type Found } from '../wire/check.ts';
import type { Answer } from '../wire/messages.ts';
import { requestOf } from '../wire/request.ts';
import { type Case, type Context, failures } from './case.ts';
import { either, oneOf, successes } from './expectation.ts';

const ORIGIN = 'https://page.example';

/** Rules of paths that OpenAPI does not state: the methods that they do not have, and the answer where there is none. */
export function pathCases(document: Document): Case[] {
  const paths = [...new Set(document.operations.map(({ path }) => path))];
  return [
    ...paths.flatMap((path) => undeclaredMethods(document, path)),
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

/** Preflights, for which the document describes the headers that browsers ask for. */
export function preflightCases(document: Document, operation: Operation): Case[] {
  if (operation.method !== 'OPTIONS') return [];
  const [method = 'GET'] = document.methodsOf(operation.path).filter((one) => one !== 'OPTIONS');
  return [
    {
      operation: operation.id,
      title: `lets pages of any origin send ${method}`,
      run: async (context) => {
        const request = plainRequest(context, operation);
        const asked = {
          origin: ORIGIN,
          'access-control-request-method': method,
          'access-control-request-headers': 'content-type',
        };
        const answer = await context.sender.send({ ...request, headers: { ...request.headers, ...asked } });
        context.coverage.answered(operation, answer.status);
        // No browser sends credentials with it, whatever the document asks for.
        const refused = Credentials.isOpen(operation) ? [] : [401, 403];
        const found = checkAnswer(context, operation, answer, either(successes(operation), oneOf(refused)));
        const isRefused = refused.includes(answer.status);
        return failures([...found, ...(isRefused ? [] : cors(operation, answer, method))], answer);
      },
    },
  ];
}

function plainRequest({ document, bases }: Context, operation: Operation) {
  const ofPath = operation.parameters.filter((one) => one.in === 'path');
  const path = Object.fromEntries(ofPath.map((one) => [one.name, bases.valueOf(operation, one)]));
  return requestOf(document, operation, { values: bases.valuesOf(operation, path), body: undefined });
}

/** The declared CORS headers must let the browser go on (the Fetch standard's CORS protocol). */
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

function undeclaredMethods(document: Document, path: string): Case[] {
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
        const request = context.credentials.authorise(operation, plainRequest(context, operation));
        const answer = await context.sender.send({ ...request, method });
        return failures([...isStatus(answer, 405), ...likeDefault(context, operation, answer)], answer);
      },
    }));
}

/** The form that the document gives to whatever else goes wrong. */
function likeDefault({ document }: Context, { responses }: Operation, answer: Answer): Found[] {
  const schema = responses.default?.contents.find(({ kind }) => kind === 'json')?.schema;
  if (schema === undefined || answer.status !== 405 || !isObject(answer.json)) return [];
  return validate(document.resolve, schema, answer.json, 'response').map(({ place, message }) => ({
    rule: 'schema',
    place,
    message: `${place} ${message}`,
  }));
}

function isStatus({ status }: Answer, wanted: number): Found[] {
  return status === wanted ? [] : [{ rule: 'status', place: '', message: `answered ${status}, expected ${wanted}` }];
}
