/** The result of a call, as a form shows it. */
export type Outcome =
  | { readonly ok: true; readonly status: number; readonly requestId?: string; readonly body: unknown }
  | {
      readonly ok: false;
      readonly status?: number;
      readonly requestId?: string;
      readonly type?: string;
      readonly message: string;
      readonly body?: unknown;
    };
