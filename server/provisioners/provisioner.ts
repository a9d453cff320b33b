import type { AuthConfig, Resources } from '../store/backends.ts';

export interface AuthTarget {
  readonly appId: string;
  readonly environment: string;
  readonly resourceName: string;
  readonly config: AuthConfig;
  /** What an earlier call made; undefined for a new resource. */
  readonly resources: Resources | undefined;
}

/** Makes the world outside what a configuration says. */
export interface Provisioner {
  /**
   * Brings the resource to the target and answers what now exists. A job may run twice, so this must come to the same
   * end when it is called again. Stops early, throwing the signal's reason, when the signal aborts.
   */
  apply(target: AuthTarget, signal: AbortSignal): Promise<Resources>;
}
