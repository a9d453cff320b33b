import { existsSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CONTENDERS, ROOT, TEMP } from './processes.ts';
import { type Serving, serve } from './serve.ts';

export const DOCUMENT = join(ROOT, 'generated/openapi.json');
const EMULATOR = join(ROOT, 'test/emulators/node_modules/cognito-local/lib/bin/start.js');
const PRISM = join(ROOT, 'test/proof/prism/node_modules/@stoplight/prism-cli/dist/index.js');

/** A server of one of the scripts in contenders/. */
const own = (script: string, ...args: string[]): Promise<Serving> =>
  serve([process.execPath, join(CONTENDERS, script), ...args]);

export const express = (): Promise<Serving> => own('express.mjs');
export const nodeHttp = (): Promise<Serving> => own('node-http.mjs');
export const expressEov = (): Promise<Serving> => own('express-eov.mjs', fresh('eov.sqlite'), DOCUMENT);
export const fastifyGlue = (): Promise<Serving> => own('fastify-glue.mjs', fresh('fastify.sqlite'), DOCUMENT);

/** Ours as its users start it, with its log in a file. */
export function ours(database: string, ...flags: string[]): Promise<Serving> {
  const log = openSync(join(TEMP, 'ours.log'), 'w');
  const command = [process.execPath, 'server/bin.js', 'serve', '--port', '0', '--database', database, ...flags];
  return serve(command, { stdio: ['ignore', 'pipe', log] });
}

export async function prism(): Promise<Serving> {
  return serve([process.execPath, PRISM, 'mock', DOCUMENT, '--host', '127.0.0.1', '--port', String(await freePort())]);
}

export function cognitoLocal(): Promise<Serving> {
  return serve([process.execPath, EMULATOR], { cwd: TEMP, env: { ...process.env, PORT: '0', HOST: '127.0.0.1' } });
}

export function moto(): Promise<Serving> {
  const env = { ...process.env, PYTHONUNBUFFERED: '1' };
  return serve(['moto_server', '-H', '127.0.0.1', '-p', '0'], { env });
}

/** Names a tool that a part needs and that is not installed, in a sentence that says how to install it. */
export function missing(parts: readonly string[]): string | undefined {
  const others = parts.some((part) => part !== 'documents');
  const folders = [
    [join(CONTENDERS, 'node_modules'), 'bench/peers'],
    ...(others
      ? [
          [PRISM, 'test/proof/prism'],
          [EMULATOR, 'test/emulators'],
          [join(ROOT, 'test/documents/node_modules'), 'test/documents'],
        ]
      : []),
  ].filter(([file = '']) => !existsSync(file));
  if (folders.length === 0) return undefined;
  const commands = folders.map(([, folder]) => `npm ci --prefix ${folder}`);
  return `What to compare with is not installed: ${commands.join(' && ')}`;
}

function fresh(name: string): string {
  const file = join(TEMP, name);
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  return file;
}

/** Prism takes no port 0. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
