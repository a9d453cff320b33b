import type { Output, Services } from './handler.ts';

/** Lists the faults that are still to come. */
export async function ListFaults(_input: unknown, { faults }: Services): Promise<Output<'ListFaults'>> {
  return { faults: faults.list() };
}
