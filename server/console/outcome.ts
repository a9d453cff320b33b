/** What came of a call, as the pages show it. */
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
