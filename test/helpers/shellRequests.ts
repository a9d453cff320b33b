import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' };
const env = {
  ...process.env,
  AWS_ACCESS_KEY_ID: key.accessKeyId,
  AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  AWS_REGION: 'eu-central-1',
  AWS_PAGER: '',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Options of a server that wants requests signed with the key that `inShell` has, and of one that does not. */
export const signedAndNot = [{ credentials: [key] }, {}] as const;

/** Runs a command as a person pastes it, and reads the JSON that it prints. */
export async function inShell(command: string | undefined): Promise<unknown> {
  const { stdout } = await promisify(execFile)('sh', ['-c', command ?? 'exit 1'], { env });
  return JSON.parse(stdout);
}
