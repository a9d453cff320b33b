import type { Document, Link, Operation } from '../document/document.ts';
import { isObject } from '../document/json.ts';
import { viewOf } from '../schema/schema.ts';

/** A kind of resource, by the paths of a document: where it is made, read, listed, changed and removed. */
export interface Resource {
  /** Such as `/notes/{noteId}`. */
  readonly path: string;
  /** The parameter that names it. */
  readonly parameter: string;
  readonly creator: Operation | undefined;
  /** Whether its name is chosen by whoever makes it, with PUT. */
  readonly named: boolean;
  readonly reader: Operation | undefined;
  readonly lister: Operation | undefined;
  readonly changers: readonly Operation[];
  readonly remover: Operation | undefined;
}

export class Resources {
  readonly #document: Document;
  readonly #byPath = new Map<string, Resource>();

  constructor(document: Document) {
    this.#document = document;
    const paths = new Set(document.operations.flatMap(({ path }) => prefixes(path)));
    for (const path of paths) this.#byPath.set(path, this.#resourceAt(path));
  }

  /** The resources that a path names, the outermost first: `/users/{id}/notes/{noteId}` names two. */
  along(path: string): Resource[] {
    return prefixes(path).map((prefix) => this.#byPath.get(prefix) as Resource);
  }

  /** The resource that an operation makes. */
  madeBy(operation: Operation): Resource | undefined {
    return [...this.#byPath.values()].find(({ creator }) => creator === operation);
  }

  all(): Resource[] {
    return [...this.#byPath.values()];
  }

  #resourceAt(path: string): Resource {
    const at = (method: string, where = path) =>
      this.#document.operations.find((one) => one.method === method && one.path === where);
    const collection = path.replace(/\/\{[^}]+\}$/, '') || '/';
    const parameter = /\{([^}]+)\}$/.exec(path)?.[1] ?? '';
    const post = at('POST', collection) ?? at('POST', `${collection}/`);
    const put = at('PUT');
    const linked = this.#document.operations.find(
      (one) =>
        one.method === 'POST' && linksOf(one).some((link) => this.#isOn(link, path) && parameter in link.parameters),
    );
    const makes = post !== undefined && isCreation(post, this.#document) ? post : linked;
    const named = makes === undefined && put !== undefined && '201' in put.responses;
    return {
      path,
      parameter,
      creator: makes ?? (named ? put : undefined) ?? this.#answering(parameter, path),
      named,
      reader: at('GET'),
      lister: [at('GET', collection), at('GET', `${collection}/`)].find((one) => one && listIn(this.#document, one)),
      changers: [at('PATCH'), at('PUT')].filter((one) => one !== undefined),
      remover: at('DELETE'),
    };
  }

  #isOn({ operation }: Link, path: string): boolean {
    return this.#document.operations.some((one) => one.id === operation && one.path === path);
  }

  /** A POST elsewhere whose answer has a member of the parameter's name: `POST /backend` answers an `appId`. */
  #answering(parameter: string, path: string): Operation | undefined {
    if (/^(id|name|key)$/i.test(parameter)) return undefined;
    const outside = this.#document.operations.filter(
      (one) =>
        one.method === 'POST' && !one.path.includes(`{${parameter}}`) && path.startsWith(one.path.replace(/\/$/, '')),
    );
    return outside.find((one) => {
      const content = answerOf(one)?.contents.find(({ kind }) => kind === 'json');
      return content?.schema !== undefined && parameter in viewOf(this.#document.resolve, content.schema).properties;
    });
  }
}

/** `/a/{x}/b/{y}` has the prefixes `/a/{x}` and `/a/{x}/b/{y}`, as has `/a/{x}/b/{y}:verb`. */
function prefixes(path: string): string[] {
  const steps = path.replace(/\}:\w+$/, '}').split('/');
  return steps.flatMap((step, index) => (/^\{[^}]+\}$/.test(step) ? [steps.slice(0, index + 1).join('/')] : []));
}

/** The answer of success that the document describes first. */
export const answerOf = ({ responses }: Operation) =>
  Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];

export const linksOf = ({ responses }: Operation): Link[] => Object.values(responses).flatMap(({ links }) => links);

function isCreation(operation: Operation, document: Document): boolean {
  const { responses } = operation;
  if ('201' in responses || linksOf(operation).length > 0) return true;
  const answer = answerOf(operation);
  if (answer === undefined) return false;
  if (Object.keys(answer.headers).some((name) => name.toLowerCase() === 'location')) return true;
  // A 200 that answers one thing, and no list of what was looked for.
  const schema = answer.contents.find(({ kind }) => kind === 'json')?.schema;
  if (schema === undefined) return false;
  const { properties } = viewOf(document.resolve, schema);
  return Object.keys(properties).some((name) => /^(_?id|uuid)$|[_a-z]id$/i.test(name));
}

/** Where an answer keeps its list: itself, or its one member that is a list. */
export function listIn(document: Document, operation: Operation): { readonly member: string | undefined } | undefined {
  const schema = answerOf(operation)?.contents.find(({ kind }) => kind === 'json')?.schema;
  if (schema === undefined) return undefined;
  const view = viewOf(document.resolve, schema);
  if (view.types.includes('array')) return { member: undefined };
  const lists = Object.entries(view.properties).filter(
    ([, member]) => isObject(member) && viewOf(document.resolve, member).types.includes('array'),
  );
  const chosen =
    lists.length === 1
      ? lists
      : lists.filter(([name]) => /^(items|data|results|value|values|records|entries|list)$/i.test(name));
  return chosen[0] && { member: chosen[0][0] };
}

export function itemsOf(json: unknown, list: { readonly member: string | undefined }): unknown[] {
  const items = list.member === undefined ? json : isObject(json) ? json[list.member] : undefined;
  return Array.isArray(items) ? items : [];
}
