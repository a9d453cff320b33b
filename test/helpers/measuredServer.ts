import { fork } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** The resources that a process has used. */
export interface Usage {
  /** Resident memory now, and the most it ever was (bytes). */
  readonly rss: number;
  readonly peak: number;
  /** Heap and external memory after a garbage collection (bytes). */
  readonly used: number;
  /** CPU time since its start (ms). */
  readonly cpu: number;
  /** The longest that its event loop was held since the last question (ms). */
  readonly longestDelay: number;
}

export interface MeasuredOptions {
  /** The file of its database. @default in memory */
  readonly database?: string;
  /** A file of credentials, as text. With it, requests must be signed. */
  readonly credentials?: string;
}

/** Starts a server in a process of its own, with /admin, which ends with the test. */
export async function measuredServer(options: MeasuredOptions = {}) {
  const child = fork(new URL('./measured-server.ts', import.meta.url), [JSON.stringify(options)], {
    execArgv: ['--expose-gc'],
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let complaints = '';
  child.stderr?.on('data', (data) => {
    complaints += String(data);
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const usage = async (): Promise<Usage> => {
    child.send('usage');
    const [answer] = await once(child, 'message');
    return answer as Usage;
  };
  /** Its output on standard error, and its exit code once it has ended. */
  const health = () => ({ complaints, exitCode: child.exitCode });
  return { url, usage, health };
}
