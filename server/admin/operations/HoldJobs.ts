import type { Output, Services } from './handler.ts';

/** Takes up no more jobs. */
export async function HoldJobs(_input: unknown, { heldJobs }: Services): Promise<Output<'HoldJobs'>> {
  heldJobs.hold();
  return heldJobs.describe();
}
