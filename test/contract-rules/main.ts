import { contractCommand, parseFlags } from '../../pipeline/contract/command.ts';
import { CouldNotRun } from '../../pipeline/contract/couldNotRun.ts';
import { contractFlags, type Flag, flagsText } from '../../pipeline/contract/flags.ts';
import { wholeNumber } from '../../pipeline/contract/options.ts';
import { amplifyBackend } from './api.ts';
import { signingFrom, signWith } from './sigv4.ts';

/** The flags of `openapi-strict contract`, and those that only this API needs. */
const flags: Readonly<Record<string, Flag>> = {
  ...contractFlags,
  spec: { value: 'FILE|URL', text: "another OpenAPI document, without this API's own rules" },
  sign: { text: 'sign requests by AWS Signature Version 4, with the credentials in AWS_ACCESS_KEY_ID and the like' },
  region: { value: 'REGION', text: 'the region to sign for (default AWS_REGION)' },
  'job-timeout': { value: 'SECONDS', text: 'the longest time for one job (default 30)' },
};

process.exitCode = await main(process.argv.slice(2), process.env);

async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const values = parseFlags(args, flags);
    if (values.help === true) {
      console.log(helpText());
      return 0;
    }
    const jobTimeout = wholeNumber('job-timeout', values['job-timeout'] as string | undefined, 30) * 1000;
    const region = (values.region as string | undefined) ?? env.AWS_REGION;
    if (values.sign === true && !region) throw new CouldNotRun('--sign needs --region, or the variable AWS_REGION.');
    if (values.sign !== true && values.region !== undefined)
      throw new CouldNotRun('--region means nothing without --sign.');
    return await contractCommand(values, {
      env,
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      spec: new URL('../../generated/openapi.json', import.meta.url),
      api: amplifyBackend({ jobTimeout }),
      strict: true,
      ...(values.sign === true && region && { sign: signWith(signingFrom(env, region, 'amplifybackend')) }),
    });
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    console.error(error.message);
    return 2;
  }
}

function helpText(): string {
  return [
    "Tests an implementation of Amplify Backend's authentication against its contract, over HTTP.",
    '',
    'Usage: npm run contract -- --url URL [options]',
    '',
    flagsText(flags),
    '',
    'The suite makes its own apps, with random ids, through the API, and removes them.',
    'Exit codes: 0 no new violation, 1 violations, 2 could not run.',
  ].join('\n');
}
