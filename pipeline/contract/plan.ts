import { createHash } from 'node:crypto';
import { absentCases } from './cases/absent.ts';
import { acceptedCases } from './cases/accepted.ts';
import type { Bases } from './cases/bases.ts';
import type { Case } from './cases/case.ts';
import { duplicateCases } from './cases/duplicates.ts';
import { generatedCases } from './cases/generated.ts';
import { idempotencyCases } from './cases/idempotency.ts';
import { listCases } from './cases/lists.ts';
import { maskCases } from './cases/masks.ts';
import { namedCases } from './cases/named.ts';
import { neighbourCases } from './cases/neighbours.ts';
import { preflightCases } from './cases/paths.ts';
import { preconditionCases } from './cases/preconditions.ts';
import { refusedCases } from './cases/refused.ts';
import { securityCases } from './cases/security.ts';
import { type Document, isSafe, type Operation } from './document/document.ts';
import type { Resources } from './state/resources.ts';

export interface PlanOptions {
  readonly document: Document;
  readonly bases: Bases;
  readonly resources: Resources;
  readonly stateless: boolean;
  /** Whether resources are made as the paths suggest. */
  readonly inferred: boolean;
  /** Whether credentials were given, which a mock may look at. */
  readonly hasCredentials: boolean;
}

export interface Planned extends Case {
  /** Short, and the same in every run with the same document. */
  readonly key: string;
}

/** The cases of one operation that follow from the document alone; without state where the implementation keeps none. */
export const casesOf = (operation: Operation, options: PlanOptions): Generator<Planned> =>
  keyed(plannedFor(operation, options));

/** Each is made when it is asked for: those of a large body take seconds, and a run may end before. */
function* plannedFor(operation: Operation, options: PlanOptions): Generator<Case> {
  const { document, bases, resources, stateless, inferred, hasCredentials } = options;
  yield* acceptedCases(document, bases, operation);
  if (!stateless || hasCredentials) yield* securityCases(bases, operation, stateless);
  yield* refusedCases(document, bases, operation);
  if (!stateless) yield* absentCases(document, bases, operation);
  if (inferred) {
    yield* duplicateCases(resources, operation);
    yield* preconditionCases(operation);
    yield* idempotencyCases(operation);
    yield* namedCases(resources, operation);
    yield* maskCases(resources, operation);
  }
  yield* preflightCases(document, operation);
  yield* generatedCases(operation);
  if (inferred) {
    yield* listCases(document, resources, operation);
    yield* neighbourCases(document, resources, operation);
  }
}

/** By these keys one case can be run again. */
export function* keyed(cases: Iterable<Case>): Generator<Planned> {
  const seen = new Map<string, number>();
  for (const one of cases) {
    const name = `${one.operation} ${one.title}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const key = createHash('sha256').update(`${name} ${count}`).digest('hex').slice(0, 8);
    yield { ...one, key };
  }
}

/** Resources are made before they are read, and removed at last. */
export function inOrder(operations: readonly Operation[]): Operation[] {
  const rank = (operation: Operation): number => {
    if (operation.method === 'DELETE') return 5;
    if (operation.method === 'POST' && !operation.path.endsWith('}')) return 0;
    if (isSafe(operation)) return operation.path.endsWith('}') ? 1 : 2;
    return operation.method === 'PATCH' || operation.method === 'PUT' ? 3 : 4;
  };
  const depth = ({ path }: Operation) => path.split('/').length;
  return operations.toSorted((a, b) => rank(a) - rank(b) || depth(a) - depth(b));
}
