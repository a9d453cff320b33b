import { METHODS } from '../../document/operations.ts';
import { attempt, isObject, pointerTo, resolve } from '../../document/references.ts';
import type { Problem } from '../problems.ts';

type Node = Record<string, unknown>;

/**
 * Parameters that stand in the query of a path, such as `/search?text={text}`: OpenAPI has no such paths, and what is
 * meant is a parameter of the query. Answers what was read so. Changes the document.
 */
export function readQueryTemplates(root: unknown): Problem[] {
  return templatedIn(root).map(({ path, item, templates }) => {
    const holders = METHODS.filter((method) => isObject(item[method]));
    for (const method of holders) take(root as object, item, item[method] as Node, templates);
    if (item.parameters !== undefined) item.parameters = moved(root as object, item.parameters, templates);
    return fault(path, templates, 'read as parameters of the query');
  });
}

/** The same as faults, for those who want them told and nothing changed. */
export const queryTemplatesIn = (root: unknown): Fault[] =>
  templatedIn(root).map(({ path, templates }) =>
    fault(path, templates, 'OpenAPI has no such paths; it would be a parameter of the query'),
  );

type Fault = Problem & { readonly pointer: string };

interface Templated {
  readonly path: string;
  readonly item: Node;
  readonly templates: readonly Template[];
}

function templatedIn(root: unknown): Templated[] {
  const paths = isObject(root) && isObject(root.paths) ? root.paths : {};
  return Object.entries(paths).flatMap(([path, item]) => {
    const templates = templatesIn(path);
    return templates.length === 0 || !isObject(item) ? [] : [{ path, item, templates }];
  });
}

const fault = (path: string, templates: readonly Template[], words: string): Fault => ({
  message: `The query of a path holds ${templates.map(({ name }) => `\`${name}\``).join(', ')}: ${words}`,
  pointer: pointerTo('#/paths', path),
});

/** A path without the parameters in its query. */
export function withoutQueryTemplates(path: string): string {
  const [, own = path, query = '', fragment = ''] = PARTS.exec(path) ?? [];
  const fixed = query.split('&').filter((part) => part !== '' && !TEMPLATE.test(part));
  return templatesIn(path).length === 0 ? path : `${own}${fixed.length > 0 ? `?${fixed.join('&')}` : ''}${fragment}`;
}

/** Whether a path has a parameter in its query alone. */
export const isInQuery = (path: string, name: string): boolean => templatesIn(path).some((one) => one.of === name);

interface Template {
  /** As the query calls it. */
  readonly name: string;
  /** As the path calls it. */
  readonly of: string;
}

const PARTS = /^((?:\{[^}]*\}|[^?#{])*)\?([^#]*)(#.*)?$/s;
const TEMPLATE = /^([^={}]+)=\{([^{}]+)\}$/s;

function templatesIn(path: string): Template[] {
  const [, own = '', query = ''] = PARTS.exec(path) ?? [];
  return query.split('&').flatMap((part) => {
    const [, name, of] = TEMPLATE.exec(part) ?? [];
    return name === undefined || of === undefined || own.includes(`{${of}}`) ? [] : [{ name, of }];
  });
}

/** An operation's own parameters, and those that nobody declares: these are texts that may be left out. */
function take(root: object, item: Node, operation: Node, templates: readonly Template[]): void {
  const all = [...listOf(operation.parameters), ...listOf(item.parameters)].map((one) => parameter(root, one));
  const undeclared = templates.filter(
    ({ name, of }) =>
      !all.some((one) => (one?.in === 'path' && one.name === of) || (one?.in === 'query' && one.name === name)),
  );
  const own = moved(root, operation.parameters, templates);
  const added = undeclared.map(({ name }) => ({ name, in: 'query', schema: { type: 'string' } }));
  if (own !== undefined || added.length > 0) operation.parameters = [...listOf(own), ...added];
}

function moved(root: object, parameters: unknown, templates: readonly Template[]): unknown {
  if (!Array.isArray(parameters)) return parameters;
  return parameters.map((node) => {
    const found = parameter(root, node);
    const template = found?.in === 'path' ? templates.find(({ of }) => of === found.name) : undefined;
    if (template === undefined) return node;
    const { style: _, ...others } = found as Node;
    return { ...others, in: 'query', name: template.name };
  });
}

function parameter(root: object, node: unknown): Node | undefined {
  const found = attempt(() => resolve<unknown>(root, node));
  return isObject(found) ? found : undefined;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
