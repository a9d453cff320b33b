import { BadState, type Case, type Context, type Failure } from './cases/case.ts';
import { NotRun } from './notRun.ts';
import { NoAnswer, Stopped } from './wire/sender.ts';

export interface CaseResult {
  readonly failures: readonly Failure[];
  readonly skipped?: string;
  readonly duration: number;
  /** Whether nobody answers any more. */
  readonly gone?: boolean;
}

export async function runCase(one: Case, context: Context): Promise<CaseResult> {
  const began = performance.now();
  const since = () => performance.now() - began;
  try {
    return { failures: await one.run(context), duration: since() };
  } catch (error) {
    if (error instanceof NotRun) return { failures: [], skipped: error.message, duration: 0 };
    if (error instanceof Stopped) return { failures: [], skipped: 'stopped', duration: 0 };
    if (error instanceof NoAnswer) {
      const failure = { rule: 'answer', place: '', message: error.message, curl: error.curl };
      return { failures: [failure], duration: since(), gone: error.gone };
    }
    if (!(error instanceof BadState)) throw error;
    return { failures: [error.failure], duration: since() };
  }
}
