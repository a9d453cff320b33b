import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { bundledChromium, isForThisMachine } from './bundledChromium.ts';

interface Candidate {
  readonly name: string;
  readonly options: () => LaunchOptions | Promise<LaunchOptions>;
}

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function candidates(): Candidate[] {
  const at = (executablePath: string): Candidate => ({ name: executablePath, options: () => ({ executablePath }) });
  const { CHROME_PATH } = process.env;
  // A browser that is named is used as it is.
  if (CHROME_PATH) return [at(CHROME_PATH)];
  return [
    ...(isForThisMachine ? [{ name: '@sparticuz/chromium', options: bundledChromium }] : []),
    { name: "the system's Chrome", options: () => ({ channel: 'chrome' }) },
    ...installed.filter((path) => existsSync(path)).map(at),
  ];
}

/** A real Chromium. Where none runs: an error on CI, elsewhere a line that says why, and undefined. */
export async function launchBrowser(): Promise<Browser | undefined> {
  const failures: string[] = [];
  for (const { name, options } of candidates()) {
    try {
      return await chromium.launch(await options());
    } catch (error) {
      failures.push(`${name}: ${reason(error)}`);
    }
  }
  const message = `No Chromium runs here; CHROME_PATH can name one. (${failures.join('; ')})`;
  if (process.env.CI === 'true') throw new Error(message);
  console.warn(`Skipped: ${message}`);
  return undefined;
}

/** The line that says most: that of the loader or the browser, where Playwright quotes one. */
function reason(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split('\n');
  return (lines.find((line) => /error while loading|not found|ENOENT/i.test(line)) ?? lines[0] ?? '').trim();
}
