import { answer, JsonText } from 'openapi-strict-express';
import { badRequest } from '../../exceptions.ts';
import type { StateFile } from '../stateFile.ts';
import type { Input, Services } from './handler.ts';

/** Saves the whole state. */
export async function ExportState({ secrets, passphrase }: Input<'ExportState'>, { state }: Services) {
  if (secrets === 'ENCRYPT' && passphrase === undefined) {
    throw badRequest('/body/passphrase is required, so that secrets can be encrypted.');
  }
  const pieces = await state.save(secrets === 'OMIT' ? undefined : passphrase);
  return answer(200, new JsonText<StateFile>(pieces));
}
