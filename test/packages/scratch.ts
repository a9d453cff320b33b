import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const repository = join(import.meta.dirname, '../..');
const execute = promisify(execFile);

/** The output of a command. Rejects with all of it where the command fails. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const env = { ...environment(), ...variables };
    const { stdout } = await execute(command, args, { cwd, encoding: 'utf8', maxBuffer: 1e8, env });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

export const node = (args: readonly string[], cwd: string): Promise<string> => run(process.execPath, args, cwd);

/** npm hands its own settings on to what it runs; they are about another project. */
export function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_cache)/i.test(name)));
}

export type Tarballs = Record<'client' | 'server' | 'command' | 'express' | 'fetch', string>;

/** A project of someone else, outside of the repository, in which the tarballs are installed. */
export class Scratch {
  readonly root = mkdtempSync(join(tmpdir(), 'scratch-'));

  /** Builds and packs every published package, and returns their tarballs by name. */
  async pack(): Promise<Tarballs> {
    const folder = join(this.root, 'tarballs');
    await node([join(repository, 'scripts/pack.ts'), folder], repository);
    const find = (name: string) => join(folder, readdirSync(folder).find((file) => file.startsWith(`${name}-0`)) ?? '');
    return {
      client: find('amplify-backend-auth-client'),
      server: find('amplify-backend-auth-server'),
      command: find('openapi-strict'),
      express: find('openapi-strict-express'),
      fetch: find('openapi-strict-fetch'),
    };
  }

  async install(name: string, tarballs: readonly string[]): Promise<string> {
    const folder = join(this.root, name);
    mkdirSync(folder);
    this.write(`${name}/package.json`, '{ "type": "module", "private": true }');
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs], folder);
    return folder;
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.root, path), text);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
