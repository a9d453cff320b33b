import type { Request } from 'express';
import type { Item } from '../web.ts';
import type { WorkspaceFault } from './faults.ts';
import { checksOf } from './schemas.ts';

export interface Workspace extends Item {
  readonly id: string;
  readonly slug: string;
  readonly plan: string;
  readonly deleted: boolean;
}

export interface Paper extends Item {
  readonly id: string;
  readonly workspace_id: string;
  readonly position: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Kept extends Item {
  readonly id: number;
  readonly bytes: Buffer;
}

/** The content of a workspace. */
export interface Content {
  readonly documents: Map<string, Paper>;
  readonly members: Map<string, Item>;
  readonly exports: Map<string, Item & { readonly at: number }>;
}

export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly details: readonly object[];

  constructor(status: number, code: string, details: readonly object[] = []) {
    super(code);
    this.status = status;
    this.details = details;
  }
}

/** The server's data, and the fault it has. */
export class World {
  readonly fault: WorkspaceFault;
  readonly check: ReturnType<typeof checksOf>;
  readonly workspaces = new Map<string, Workspace>();
  readonly versions = new Map<string, number>();
  readonly contents = new Map<string, Content>();
  readonly files = new Map<string, Map<number, Kept>>();
  readonly keys = new Map<string, Paper>();
  lastFile = 0;
  #tick = 0;

  constructor(fault: WorkspaceFault) {
    this.fault = fault;
    this.check = checksOf(fault);
  }

  has(...faults: readonly WorkspaceFault[]): boolean {
    return faults.includes(this.fault);
  }

  /** Later than all times before. */
  now(): string {
    this.#tick = Math.max(Date.now(), this.#tick + 1);
    return new Date(this.#tick).toISOString();
  }

  /** The body, where it is as the document has it. */
  checked(name: string, given: unknown): Item {
    const body = this.has('doc-type-coerce') ? coerced(given) : given;
    const validate = this.check(name);
    if (validate(body)) return body as Item;
    const details = (validate.errors ?? []).map(({ instancePath, message }) => ({
      path: instancePath,
      reason: message,
    }));
    throw new Refused(422, 'invalid', details);
  }

  workspace({ params, path }: Request): Workspace {
    const found = this.workspaces.get(String(params.workspace_id));
    if (found === undefined) throw new Refused(404, 'not_found');
    const isOrphan =
      (this.has('doc-orphans') && path.includes('/documents')) ||
      (this.has('member-list-orphans') && path.endsWith('/members'));
    if (found.deleted && !isOrphan) throw new Refused(this.has('ws-410-500') ? 500 : 410, 'gone');
    return found;
  }

  content(request: Request): Content {
    return this.contents.get(this.workspace(request).id) as Content;
  }

  get allDocuments(): Paper[] {
    return [...this.contents.values()].flatMap(({ documents }) => [...documents.values()]);
  }

  document(request: Request): Paper {
    const { documents } = this.content(request);
    const id = String(request.params.document_id);
    const elsewhere = this.has('doc-foreign') ? this.allDocuments.find((one) => one.id === id) : undefined;
    const found = documents.get(id) ?? elsewhere;
    if (found === undefined) throw new Refused(this.has('doc-404-400') ? 400 : 404, 'not_found');
    return found;
  }
}

const coerced = (body: unknown): unknown => {
  const { position } = (body ?? {}) as Item;
  const isText = typeof position === 'string' && /^\d+$/.test(position);
  return isText ? { ...(body as Item), position: Number(position) } : body;
};
