import { absentCases } from './cases/absent.ts';
import { acceptedCases } from './cases/accepted.ts';
import type { Case } from './cases/case.ts';
import { generatedCases } from './cases/generated.ts';
import { pageCases } from './cases/pages.ts';
import { pathCases } from './cases/paths.ts';
import { refusedCases } from './cases/refused.ts';
import type { Document } from './document/document.ts';
import type { Validators } from './document/validators.ts';

export interface PlanOptions {
  readonly stateless: boolean;
  /** See `pathCases`. */
  readonly errorsAlike: boolean;
  /** Operations and paths; all where it is empty. */
  readonly only: readonly string[];
}

/** The cases that follow from the document alone. What needs state is left out for an implementation that keeps none. */
export function plan(
  document: Document,
  validators: Validators,
  { stateless, errorsAlike, only }: PlanOptions,
): Case[] {
  const asked = (id: string) => only.length === 0 || only.includes(id);
  return [
    ...document.operations
      .filter(({ id }) => asked(id))
      .flatMap((operation) => [
        ...acceptedCases(document, validators, operation),
        ...refusedCases(document, validators, operation),
        ...(stateless ? [] : absentCases(document, validators, operation)),
        ...(stateless ? [] : pageCases(document, operation)),
        ...generatedCases(operation),
      ]),
    ...pathCases(document, errorsAlike).filter(({ operation }) => asked(operation)),
  ];
}
