import { quoted, Refusal } from './refusal.ts';

/** The identity that signed a request. */
export interface Identity {
  readonly accessKeyId: string;
  /** The only apps that the key may touch; all where this is undefined. */
  readonly appIds: ReadonlySet<string> | undefined;
}

/** Throws an `AccessDeniedException` unless the key may touch the app. */
export function checkApp({ accessKeyId, appIds }: Identity, appId: string): void {
  if (appIds === undefined || appIds.has(appId)) return;
  throw new Refusal('AccessDeniedException', `The access key ${accessKeyId} may not touch the app ${quoted(appId)}.`);
}

/** Throws an `AccessDeniedException` if the key is limited to certain apps: what is asked for is about all of them. */
export function checkAllApps({ accessKeyId, appIds }: Identity): void {
  if (appIds === undefined) return;
  throw new Refusal('AccessDeniedException', `The access key ${accessKeyId} is limited to certain apps.`);
}
