import { absentMutants } from './absent.ts';
import { answerMutants } from './answers.ts';
import { browserMutants } from './browsers.ts';
import { isolationMutants } from './isolation.ts';
import { jobMutants } from './jobs.ts';
import { mergeMutants } from './merge.ts';
import type { Mutant } from './mutant.ts';
import { readBackMutants } from './readBack.ts';
import { requestMutants } from './requests.ts';

/** Implementations that are wrong in one way each, all of which the contract tests must catch. */
export const mutants: readonly Mutant[] = [
  ...answerMutants,
  ...browserMutants,
  ...requestMutants,
  ...mergeMutants,
  ...isolationMutants,
  ...jobMutants,
  ...absentMutants,
  ...readBackMutants,
];
