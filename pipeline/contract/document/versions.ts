import { CouldNotRun } from '../couldNotRun.ts';

/** Only OpenAPI 3 says all that the suite needs to know. */
export function refuseOthers({ openapi, swagger }: Readonly<Record<string, unknown>>, name: string): void {
  if (swagger !== undefined) {
    throw new CouldNotRun(
      `${name} is Swagger ${swagger}; the suite takes OpenAPI 3.0, 3.1 and 3.2. swagger2openapi converts it.`,
    );
  }
  if (!/^3(\.|$)/.test(String(openapi))) {
    throw new CouldNotRun(`${name} is not an OpenAPI document of version 3.`);
  }
}
