import { METHODS } from '../../document/operations.ts';
import { isObject, segmentsOf } from '../../document/references.ts';
import type { Problem } from '../step.ts';

export interface LeftOut {
  /** Such as `POST /things`. */
  readonly operation: string;
  readonly fault: Problem;
}

/**
 * Takes the operations in which faults lie out of a document, and those that reach a component in which one lies, with
 * the component. Answers what was taken out; nothing where a fault lies in no operation. Changes the document.
 */
export function leaveOut(document: object, faults: readonly Problem[]): LeftOut[] {
  const { paths = {}, components = {} } = document as { paths?: Nodes; components?: Nodes };
  const left: LeftOut[] = [];
  const remove = (path: string, method: string, fault: Problem): void => {
    const item = paths[path];
    if (!isObject(item) || !isObject(item[method])) return;
    delete item[method];
    left.push({ operation: `${method.toUpperCase()} ${path}`, fault });
  };
  // With its operations goes whatever else the path has, or the fault would stay.
  const removePath = (path: string, fault: Problem): void => {
    for (const method of METHODS) remove(path, method, fault);
    delete paths[path];
  };
  const broken = new Map<string, Problem>();
  for (const fault of faults) {
    const [root, first = '', second = ''] = segmentsOf(fault.pointer ?? '');
    if (root === 'components') broken.set(`#/components/${escapeSegment(first)}/${escapeSegment(second)}`, fault);
    if (root !== 'paths') continue;
    if (METHODS.includes(second as never)) remove(first, second, fault);
    // The fault is the path's own, and so every operation's.
    else removePath(first, fault);
  }
  let unused: LeftOut | undefined;
  for (const [ref, fault] of reaching(components, broken)) {
    for (const [path, item] of Object.entries(paths)) {
      if (!isObject(item)) continue;
      if (refersTo(item.parameters, ref)) removePath(path, fault);
      for (const method of METHODS) if (refersTo(item[method], ref)) remove(path, method, fault);
    }
    const [, section = '', name = ''] = segmentsOf(ref);
    const members = components[section];
    if (!isObject(members) || !Object.hasOwn(members, name)) continue;
    delete members[name];
    unused ??= { operation: `${section} ${name}`, fault };
  }
  if (left.length === 0 && unused !== undefined) left.push(unused);
  return left;
}

type Nodes = Record<string, unknown>;

const escapeSegment = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The broken components and those that lead to them, by reference. */
function reaching(components: Nodes, broken: ReadonlyMap<string, Problem>): Map<string, Problem> {
  const found = new Map(broken);
  for (const [ref, fault] of found) {
    for (const [section, members] of Object.entries(components)) {
      for (const [name, member] of Object.entries(isObject(members) ? members : {})) {
        const at = `#/components/${escapeSegment(section)}/${escapeSegment(name)}`;
        // The loop goes on with what is added.
        if (!found.has(at) && refersTo(member, ref)) found.set(at, fault);
      }
    }
  }
  return found;
}

function refersTo(node: unknown, ref: string): boolean {
  if (Array.isArray(node)) return node.some((part) => refersTo(part, ref));
  if (!isObject(node)) return false;
  if (typeof node.$ref === 'string' && (node.$ref === ref || node.$ref.startsWith(`${ref}/`))) return true;
  return Object.values(node).some((part) => refersTo(part, ref));
}
