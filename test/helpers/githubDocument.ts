import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The largest document in wide use: 13 MB, more than 1,000 operations, OpenAPI 3.0. */
export const GITHUB = fileURLToPath(
  new URL('../documents/node_modules/@octokit/openapi/generated/api.github.com.json', import.meta.url),
);

/** Its package weighs 385 MB, so `npm ci` does not install it. CI does, and fails where it is missing. */
export function lacksGitHub(): boolean {
  if (existsSync(GITHUB)) return false;
  console.log("Skipped: GitHub's document is not installed; npm ci --prefix test/documents installs it.");
  return process.env.CI !== 'true';
}
