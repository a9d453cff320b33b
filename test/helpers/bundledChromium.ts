import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { LaunchOptions } from 'playwright-core';

const folder = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
const cache = join(import.meta.dirname, '../../node_modules/.cache');

/** There is one of it: for Linux on x64. */
export const isForThisMachine = process.platform === 'linux' && process.arch === 'x64';

/**
 * The Chromium of the npm package, which carries it compressed: 1.5 s to unpack, once. Of the package's own arguments
 * none is wanted; they are for AWS Lambda, and turn off the web's security.
 */
export async function bundledChromium(): Promise<LaunchOptions> {
  const unpacked = await unpack();
  return {
    executablePath: join(unpacked, 'chromium'),
    // Bare machines lack libnss3 and have no fonts.
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(unpacked, 'al2023/lib'),
      ...(!existsSync('/etc/fonts/fonts.conf') && { FONTCONFIG_FILE: join(unpacked, 'fonts.conf') }),
    },
  };
}

async function unpack(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const unpacked = join(cache, `chromium-${version}`);
  if (existsSync(unpacked)) return unpacked;
  // The package unpacks to os.tmpdir(), where it takes a half-written file of a process beside this one for a whole.
  mkdirSync(cache, { recursive: true });
  const own = mkdtempSync(join(cache, 'chromium-'));
  try {
    inflateInto(own);
    writeFileSync(join(own, 'fonts.conf'), fontsIn(join(unpacked, 'fonts/fonts')));
    renameSync(own, unpacked);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(unpacked)) throw error; // else another process was the first
  }
  return unpacked;
}

/** In a process of its own, since the package asks the environment where to. */
function inflateInto(TMPDIR: string): void {
  const code = `
    import sparticuz, { inflate } from '@sparticuz/chromium';
    await sparticuz.executablePath();
    await inflate(${JSON.stringify(join(folder, 'bin/al2023.tar.br'))});`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** The package's own configuration looks for its fonts in fixed places. */
function fontsIn(path: string): string {
  return `<?xml version="1.0"?>\n<fontconfig><dir>${path}</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>\n`;
}
