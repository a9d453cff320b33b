import { badRequest } from '../../exceptions.ts';
import type { Input, Output, Services } from './handler.ts';

/** Saves the whole state. */
export async function ExportState(
  { secrets, passphrase }: Input<'ExportState'>,
  { state }: Services,
): Promise<Output<'ExportState'>> {
  if (secrets === 'OMIT') return state.save(undefined);
  if (passphrase === undefined) throw badRequest('/body/passphrase is required, so that secrets can be encrypted.');
  return state.save(passphrase);
}
