import type { Document } from '../document/document.ts';
import { declared, isJson, type Operation, type Response } from '../document/document.ts';
import { isObject, pointer } from '../document/json.ts';
import { type Schema, viewOf } from '../document/schema.ts';
import type { Validators } from '../document/validators.ts';
import type { Answer } from './sender.ts';

/** The rules of the wire, as the report names them. */
export type WireRule = 'status' | 'documented' | 'media-type' | 'schema' | 'undeclared-member' | 'header' | 'echo';

export interface Found {
  readonly rule: string;
  /** A JSON Pointer into the answer's body, or the name of a header. */
  readonly place: string;
  readonly message: string;
}

export interface Checker {
  readonly document: Document;
  readonly validators: Validators;
}

/** What is wrong with an answer, given the statuses that its case expects. */
export function checkAnswer(
  checker: Checker,
  operation: Operation,
  answer: Answer,
  expected: readonly number[],
  parameters: Readonly<Record<string, string>> = {},
): Found[] {
  const response = declared(operation, answer.status);
  const found: Found[] = [];
  if (!expected.includes(answer.status)) {
    const said = isObject(answer.json) && typeof answer.json.message === 'string' ? `: ${answer.json.message}` : '';
    found.push({
      rule: 'status',
      place: '',
      message: `answered ${answer.status}, expected ${expected.join(' or ')}${said.slice(0, 300)}`,
    });
  }
  if (response === undefined) {
    const message = `answered ${answer.status}, which ${operation.id} does not document`;
    return found.length > 0 ? found : [{ rule: 'documented', place: '', message }];
  }
  return [...found, ...checkHeaders(checker, response, answer), ...checkBody(checker, response, answer, parameters)];
}

function checkHeaders({ validators }: Checker, response: Response, answer: Answer): Found[] {
  return Object.entries(response.headers).flatMap(([name, { required, schema }]) => {
    // OpenAPI: a Content-Type among the headers is to be ignored.
    if (name.toLowerCase() === 'content-type') return [];
    const given = answer.headers[name.toLowerCase()];
    if (given === undefined) {
      return required ? [{ rule: 'header', place: name, message: `the header ${name} is missing` }] : [];
    }
    return validators.header(schema, String(given)).map(({ message }) => ({
      rule: 'header',
      place: name,
      message: `the header ${name} is ${given} but ${message}`,
    }));
  });
}

function checkBody(
  { document, validators }: Checker,
  { content }: Response,
  answer: Answer,
  parameters: Readonly<Record<string, string>>,
): Found[] {
  const types = Object.keys(content);
  if (types.length === 0) {
    return answer.text === '' ? [] : [{ rule: 'schema', place: '', message: 'has a body where none is documented' }];
  }
  const given = String(answer.headers['content-type'] ?? '')
    .split(';', 1)[0]
    ?.trim()
    .toLowerCase();
  const type = types.find((one) => one.toLowerCase() === given);
  if (type === undefined) {
    const message = `the Content-Type is ${given || 'missing'}, documented is ${types.join(' or ')}`;
    return [{ rule: 'media-type', place: 'Content-Type', message }];
  }
  if (!isJson(type)) return [];
  if (answer.json === undefined) return [{ rule: 'schema', place: '', message: 'the body is not JSON' }];
  const schema = content[type] ?? {};
  return [
    ...validators
      .response(schema, answer.json)
      .map(({ place, message }) => ({ rule: 'schema', place, message: `${place || 'the body'} ${message}` })),
    ...undeclared(document, validators, schema, answer.json),
    ...echoes(document, schema, answer, parameters),
  ];
}

/** Members of the body that its schema does not name, unless it says that there may be some. */
function undeclared(document: Document, validators: Validators, schema: Schema, body: unknown): Found[] {
  if (!isObject(body)) return [];
  const choose = (branches: readonly Schema[]) =>
    branches.find((branch) => validators.response(branch, body).length === 0) ?? branches[0] ?? {};
  const view = viewOf(document.resolve, schema, choose);
  if (view.open || Object.keys(view.properties).length === 0) return [];
  return Object.keys(body)
    .filter((name) => !Object.hasOwn(view.properties, name))
    .map((name) => ({
      rule: 'undeclared-member',
      place: pointer([name]),
      message: `${pointer([name])} is answered but not documented`,
    }));
}

function echoes(
  document: Document,
  schema: Schema,
  answer: Answer,
  parameters: Readonly<Record<string, string>>,
): Found[] {
  const body = answer.json;
  if (!isObject(body) || answer.status >= 300) return [];
  const { properties } = viewOf(document.resolve, schema);
  return Object.entries(parameters).flatMap(([name, sent]) => {
    const got = body[name];
    if (!(name in properties) || got === undefined || typeof got === 'object' || String(got) === sent) return [];
    const message = `${pointer([name])} is ${JSON.stringify(got)}, but the path said ${JSON.stringify(sent)}`;
    return [{ rule: 'echo', place: pointer([name]), message }];
  });
}
