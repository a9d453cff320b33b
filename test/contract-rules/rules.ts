import type { Case } from '../../pipeline/contract/cases/case.ts';
import { ruleCases } from './rule.ts';
import { absentRules } from './rules/absent.ts';
import { answerRules } from './rules/answers.ts';
import { cloneRules } from './rules/clones.ts';
import { isolationRules } from './rules/isolation.ts';
import { jobRules } from './rules/jobs.ts';
import { listRules } from './rules/lists.ts';
import { mergeRules } from './rules/merge.ts';
import { recordRules } from './rules/records.ts';

/** Promises of this API that its document can't express. */
export const rules = (jobTimeout: number): Case[] =>
  ruleCases(
    [
      ...mergeRules,
      ...isolationRules,
      ...cloneRules,
      ...jobRules,
      ...listRules,
      ...answerRules,
      ...recordRules,
      ...absentRules,
    ],
    jobTimeout,
  );
