import { essence, matches } from '../../document/mediaTypes.ts';
import type { Expectation } from '../cases/expectation.ts';
import { type Content, type Document, declared, type Operation, type Response } from '../document/document.ts';
import { isObject, pointer } from '../document/json.ts';
import { chosenFor } from '../schema/places.ts';
import { type Schema, viewOf } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import type { Answer } from './messages.ts';

export interface Found {
  readonly rule: string;
  /** A JSON Pointer into the answer's body, or the name of a header. */
  readonly place: string;
  readonly message: string;
  /** The key that findings of one cause share, in whatever operation. */
  readonly cause?: string;
}

export interface Checker {
  readonly document: Document;
  readonly strict: boolean;
}

/** Everything that is wrong with an answer, given the statuses that its case expects. */
export function checkAnswer(
  checker: Checker,
  operation: Operation,
  answer: Answer,
  expected: Expectation,
  parameters: Readonly<Record<string, string>> = {},
): Found[] {
  const { status } = answer;
  const own = operation.responses[status] ?? operation.responses[`${Math.floor(status / 100)}XX`];
  const response = declared(operation, status);
  const found: Found[] = [];
  if (!expected.has(status)) {
    const label = expected.label === '' ? '' : `, expected ${expected.label}`;
    if (status >= 500 && own === undefined) {
      found.push({ rule: 'server-error', place: '', message: `answered ${status}${label}${said(answer)}` });
    } else found.push({ rule: 'status', place: '', message: `answered ${status}${label}${said(answer)}` });
  }
  if (response === undefined) {
    if (found.length > 0 || isExplained(status, checker.strict)) return found;
    const message = `answered ${status}, which ${operation.id} does not document`;
    return [{ rule: 'documented', place: '', message }];
  }
  // An answer that matches nothing but `default` there, and was not expected, has its own fault already.
  if (own === undefined && found.length > 0 && status >= 500) return found;
  return [
    ...found,
    ...checkHeaders(checker, response, answer),
    ...checkBody(checker, operation, response, answer, parameters),
  ];
}

/** The statuses of HTTP itself, for which a document need not speak. */
const EXPLAINED = [400, 401, 403, 404, 405, 406, 408, 411, 413, 414, 415, 429, 431];
const isExplained = (status: number, strict: boolean): boolean => !strict && EXPLAINED.includes(status);

function said({ json, status }: Answer): string {
  if (!isObject(json) || status < 400) return '';
  const text = [json.message, json.detail, json.title, json.error].find((value) => typeof value === 'string');
  return text === undefined ? '' : `: ${String(text).slice(0, 300)}`;
}

function checkHeaders({ document }: Checker, response: Response, answer: Answer): Found[] {
  return Object.entries(response.headers).flatMap(([name, { required, schema }]) => {
    // OpenAPI: a Content-Type among the headers is to be ignored.
    if (name.toLowerCase() === 'content-type') return [];
    const given = answer.headers[name.toLowerCase()];
    if (given === undefined) {
      if (!required) return [];
      return [
        { rule: 'header', place: name, message: `the header ${name} is missing`, cause: `header ${name} missing` },
      ];
    }
    const value = read(document, schema, String(given));
    return validate(document.resolve, schema, value, 'response')
      .slice(0, 3)
      .map(({ message }) => ({
        rule: 'header',
        place: name,
        message: `the header ${name} is ${given} but ${message}`,
        cause: `header ${name} ${message}`,
      }));
  });
}

/** A header is text; numbers, booleans and lists among them are read as such. */
function read(document: Document, schema: Schema, text: string): unknown {
  const { types, items } = viewOf(document.resolve, schema);
  if (types.includes('array')) return text.split(/\s*,\s*/).map((item) => read(document, items ?? {}, item));
  if (types.includes('string')) return text;
  if (types.includes('integer') || types.includes('number')) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true';
  if (types.includes('object')) return Object.fromEntries(text.split(',').map((pair) => pair.split('=', 2)));
  return text;
}

function checkBody(
  checker: Checker,
  operation: Operation,
  { contents }: Response,
  answer: Answer,
  parameters: Readonly<Record<string, string>>,
): Found[] {
  if (operation.method === 'HEAD' || answer.status === 304) return [];
  if (contents.length === 0) {
    // OpenAPI does not say that an answer without `content` has no body.
    if (!checker.strict || answer.text === '') return [];
    return [{ rule: 'schema', place: '', message: 'has a body where none is documented' }];
  }
  const given = String(answer.headers['content-type'] ?? '');
  const content = contentOf(contents, given);
  if (content === undefined) {
    const wanted = contents.map(({ type }) => type).join(' or ');
    const message = `the Content-Type is ${given.split(';', 1)[0] || 'missing'}, documented is ${wanted}`;
    return [{ rule: 'media-type', place: 'Content-Type', message, cause: `media-type ${message}` }];
  }
  const isJson = /[/+]json\b/i.test(given);
  if (!isJson) return content.kind === 'text' ? checkText(checker, content, answer.text) : [];
  if (answer.json === undefined) return [{ rule: 'schema', place: '', message: 'the body is not JSON' }];
  const schema = content.schema ?? {};
  const faults = validate(checker.document.resolve, schema, answer.json, 'response');
  return [
    ...faults.slice(0, 10).map(({ place, message, keyword, path, schema: at }) => ({
      rule: 'schema',
      place,
      message: `${place || 'the body'} ${message}`,
      cause: `schema ${idOf(at)} ${keyword} ${keyword === 'required' ? path.at(-1) : ''} ${message.slice(0, 60)}`,
    })),
    ...(checker.strict ? undeclared(checker.document, schema, answer.json) : []),
    ...(checker.strict ? echoes(checker.document, schema, answer, parameters) : []),
  ];
}

/** The exact media type before a range. */
const contentOf = (contents: readonly Content[], given: string): Content | undefined =>
  contents.find(({ type }) => essence(type) === essence(given)) ?? contents.find(({ type }) => within(type, given));

/** A range such as `application/*`, or `application/*+json`. */
function within(type: string, given: string): boolean {
  const [range, actual] = [essence(type), essence(given)];
  const [start = '', end] = range.split('/*+');
  return matches(range, actual) || (end !== undefined && actual.startsWith(`${start}/`) && actual.endsWith(`+${end}`));
}

function checkText({ document }: Checker, { schema }: Content, text: string): Found[] {
  if (schema === undefined || !viewOf(document.resolve, schema).types.includes('string')) return [];
  return validate(document.resolve, schema, text, 'response').map(({ message }) => ({
    rule: 'schema',
    place: '',
    message: `the body ${message}`,
  }));
}

const ids = new WeakMap<object, number>();
let lastId = 0;
/** Findings at one place of the document have one cause. */
function idOf(schema: object): number {
  const known = ids.get(schema);
  if (known !== undefined) return known;
  lastId += 1;
  ids.set(schema, lastId);
  return lastId;
}

/** Members of the body that its schema does not name, unless it says that there may be some. */
function undeclared(document: Document, schema: Schema, body: unknown): Found[] {
  if (!isObject(body)) return [];
  const view = viewOf(document.resolve, schema, (branches, at) => {
    const fitting = branches.find((branch) => validate(document.resolve, branch, body, 'response').length === 0);
    return fitting ?? chosenFor(document.resolve, body)(branches, at);
  });
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
