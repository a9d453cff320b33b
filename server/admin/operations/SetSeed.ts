import { badRequest } from '../../exceptions.ts';
import { whyNotSeedable } from '../seedable.ts';
import type { Input, Output, Services } from './handler.ts';

/** Makes ids and times the same each time. */
export async function SetSeed(
  { seed, time }: Input<'SetSeed'>,
  { seeding, store }: Services,
): Promise<Output<'SetSeed'>> {
  const why = await whyNotSeedable(store);
  if (why !== undefined) throw badRequest(why);
  seeding.seed(seed, time);
  return { time: seeding.clock() };
}
