import type { Operation } from '../../pipeline/forms/document.ts';
import type { RequestWriter, Target } from '../../pipeline/forms/requests.ts';
import { quote } from '../../pipeline/forms/shell.ts';
import { cliCommand, inModelNames } from './awsNames.ts';

// The shell's. With braces: zsh takes `$AWS_REGION:a` for a modifier.
const REGION = '${AWS_REGION:-us-east-1}';

/** The arguments by which curl signs a request. */
export const SIGNING_BY_CURL = [
  `--aws-sigv4 "aws:amz:${REGION}:amplifybackend"`,
  '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
];

/** The request as an AWS CLI command, signed or not. Undefined where the CLI lacks the operation. */
export const awsCli = (signed: boolean): RequestWriter => ({
  name: 'AWS CLI',
  write: (operation, input, target) => awsCliOf(operation, input, { ...target, signed }),
});

export function awsCliOf(
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  { baseUrl, signed }: Target & { readonly signed: boolean },
): string | undefined {
  const command = cliCommand(operation);
  if (command === undefined) return undefined;
  const lines = [
    `aws amplifybackend ${command}`,
    `--endpoint-url ${quote(baseUrl.replace(/\/+$/, ''))}`,
    `--region "${REGION}"`,
  ];
  if (!signed) lines.push('--no-sign-request');
  lines.push(`--cli-input-json ${quote(JSON.stringify(inModelNames(input), null, 2))}`);
  return lines.join(' \\\n  ');
}
