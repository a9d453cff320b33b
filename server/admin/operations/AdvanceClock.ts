import { badRequest } from '../../exceptions.ts';
import type { Input, Output, Services } from './handler.ts';

/** Lets time pass. */
export async function AdvanceClock(
  { ms }: Input<'AdvanceClock'>,
  { seeding, wake }: Services,
): Promise<Output<'AdvanceClock'>> {
  if (!seeding.advance(ms))
    throw badRequest('The clock is the real one: only one that a seed has stopped can be moved.');
  wake();
  return { time: seeding.clock() };
}
