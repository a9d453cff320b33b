import type { Output, Services } from './handler.ts';

/** Takes back all faults. */
export async function ClearFaults(_input: unknown, { faults }: Services): Promise<Output<'ClearFaults'>> {
  faults.clear();
  return { faults: [] };
}
