import type { Case } from '../../pipeline/contract/cases/case.ts';
import { ruleCases } from './rule.ts';
import { answerRules } from './rules/answers.ts';
import { isolationRules } from './rules/isolation.ts';
import { jobRules } from './rules/jobs.ts';
import { listRules } from './rules/lists.ts';
import { mergeRules } from './rules/merge.ts';

/** What this API promises and no document can say. */
export const rules = (jobTimeout: number): Case[] =>
  ruleCases([...mergeRules, ...isolationRules, ...jobRules, ...listRules, ...answerRules], jobTimeout);
