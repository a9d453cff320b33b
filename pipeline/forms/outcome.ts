interface Answered {
  readonly requestId?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

/** The result of a call, as a form shows it. */
export type Outcome =
  | (Answered & { readonly ok: true; readonly status: number; readonly body: unknown })
  | (Answered & {
      readonly ok: false;
      readonly status?: number;
      readonly type?: string;
      readonly message: string;
      readonly body?: unknown;
    });
