import { checkOperation } from '../checkOperation.ts';
import type { Input, Output, Services } from './handler.ts';

/** Has the next jobs fail. */
export async function FailNextJob(
  input: Input<'FailNextJob'>,
  { heldJobs, api }: Services,
): Promise<Output<'FailNextJob'>> {
  if (input.operation !== undefined) checkOperation(input.operation, api);
  heldJobs.failNext(input);
  return heldJobs.describe();
}
