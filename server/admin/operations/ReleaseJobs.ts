import type { Output, Services } from './handler.ts';

/** Takes up jobs again. */
export async function ReleaseJobs(_input: unknown, { heldJobs, wake }: Services): Promise<Output<'ReleaseJobs'>> {
  heldJobs.release();
  wake();
  return heldJobs.describe();
}
