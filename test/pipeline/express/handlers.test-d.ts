// Checked by `tsc`, not run: each line under @ts-expect-error must not compile.
import type { Handlers, Input, Output, Services } from '../../../server/operations/handler.ts';
import { handlers } from '../../../server/operations/index.ts';

handlers satisfies Handlers;

const { UpdateBackendAuth, ...others } = handlers;
// @ts-expect-error a handler is missing
others satisfies Handlers;

({ ...others, UpdateBackendAuth: others.GetBackendJob }) satisfies Record<string, unknown>;
// @ts-expect-error a handler of another operation
({ ...others, UpdateBackendAuth: others.GetBackendJob }) satisfies Handlers;

export async function undeclared(
  _input: Input<'UpdateBackendAuth'>,
  _services: Services,
): Promise<Output<'UpdateBackendAuth'>> {
  // @ts-expect-error the contract declares no `colour`
  return { appId: 'd1', backendEnvironmentName: 'staging', colour: 'red' };
}

export async function missing(
  _input: Input<'UpdateBackendAuth'>,
  _services: Services,
): Promise<Output<'UpdateBackendAuth'>> {
  // @ts-expect-error backendEnvironmentName is required
  return { appId: 'd1' };
}

export async function wrongEnum(input: Input<'GetBackendJob'>, _services: Services): Promise<Output<'GetBackendJob'>> {
  const { appId, backendEnvironmentName } = input;
  // @ts-expect-error there is no such status
  return { appId, backendEnvironmentName, status: 'DONE' };
}

export const read = (input: Input<'UpdateBackendAuth'>) => [
  input.appId satisfies string,
  input.resourceConfig.userPoolConfigs.mfa?.MFAMode satisfies 'ON' | 'OFF' | 'OPTIONAL' | undefined,
  // @ts-expect-error the body has no such member
  input.resourceConfig.userPoolConfigs.colour,
];
export { UpdateBackendAuth };
