import type { components } from '../../generated/schema.ts';

export type AuthConfig = components['schemas']['CreateBackendAuthResourceConfig'];

/** The ids of everything that exists for an authentication resource, by name. */
export type Resources = Readonly<Record<string, string>>;

export interface AuthPlace {
  readonly appId: string;
  readonly environment: string;
  readonly resourceName: string;
}

export interface AuthTarget extends AuthPlace {
  /** With the secrets of social providers in clear. */
  readonly config: AuthConfig;
  /** What an earlier call made or adopted; undefined for a new resource. */
  readonly resources: Resources | undefined;
}

/** What exists already and is to be taken over. */
export interface ImportedIds {
  readonly userPoolId: string;
  readonly webClientId: string;
  readonly nativeClientId: string;
  readonly identityPoolId?: string;
}

/**
 * Makes the world outside what a configuration says. A job may run twice, so each of these must come to the same end
 * when it is called again. Each stops early, throwing the signal's reason, when the signal aborts.
 */
export interface Provisioner {
  /**
   * How many jobs it bears at the same time; `Infinity` where it configures nothing outside of this server.
   * @default 64
   */
  readonly concurrency?: number;
  /** Brings the resource to the target and answers what now exists. */
  apply(target: AuthTarget, signal: AbortSignal): Promise<Resources>;
  /** Removes what `apply` made; leaves what was adopted. */
  remove(place: AuthPlace, resources: Resources, signal: AbortSignal): Promise<void>;
  /** Reads what exists, refuses it with an error if it can't be managed from here, and changes nothing of it. */
  adopt(
    place: AuthPlace,
    ids: ImportedIds,
    signal: AbortSignal,
  ): Promise<{ readonly config: AuthConfig; readonly resources: Resources }>;
}

/** The member of the resources that says that they were adopted, and which: they are never deleted. */
export const ADOPTED = 'adopted';
