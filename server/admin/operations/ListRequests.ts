import type { Input, Output, Services } from './handler.ts';

/** Lists the last requests. */
export async function ListRequests(
  { operation, limit = 100 }: Input<'ListRequests'>,
  { recorder }: Services,
): Promise<Output<'ListRequests'>> {
  return { requests: recorder.list(operation, limit) };
}
