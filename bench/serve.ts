import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { start, stop } from './processes.ts';

export interface Serving {
  /** Without a slash at its end. */
  readonly url: string;
  readonly child: ChildProcess;
  /** From its start until it said where it listens, in ms. */
  readonly startTime: number;
  stop(): Promise<void>;
}

/** Starts a server on core 0 and waits until it prints where it listens. */
export async function serve(command: readonly string[], options: SpawnOptions = {}): Promise<Serving> {
  const since = performance.now();
  const child = start(command, 0, options);
  const ends = () => stop(child, 'SIGTERM');
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (data: Buffer): void => {
      if (output.length < 100_000) output += String(data);
      // Prism prints ports and paths before it listens; its own line says when it does.
      const found = /(?<!\[CLI\].*)http:\/\/127\.0\.0\.1:[1-9]\d*|Prism is listening on (\S+)/.exec(output);
      if (found !== null) resolve(found[1] ?? found[0]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('close', (code) =>
      reject(new Error(`${command.slice(0, 3).join(' ')} … ended with ${code}: ${output.slice(-600)}`)),
    );
  });
  return { url, child, startTime: performance.now() - since, stop: ends };
}
