import type { IncomingHttpHeaders, RequestListener } from 'node:http';

export type Item = Record<string, unknown>;

export interface Call {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** The Content-Type without its parameters. */
  readonly type: string;
  readonly json: () => unknown;
  readonly form: () => Promise<FormData>;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** @default application/json */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by a handler that refuses a request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reply: Reply;

  constructor(status: number, message: string, reply?: Partial<Reply>) {
    super(message);
    this.reply = { status, body: { code: String(status), message }, ...reply };
  }
}

/** The method and the path, such as `GET /customers/:id`, and what answers it. */
export type Route = readonly [where: string, handler: (call: Call, ...names: string[]) => Reply | Promise<Reply>];

/** A server with nothing of the suite in it. `before` sees each request first, `refused` each refusal last. */
export function serve(
  routes: readonly Route[],
  before: (call: Call) => void,
  refused: (refusal: Refusal) => Reply,
): RequestListener {
  const table = routes.map(([where, handler]) => {
    const [method, path = ''] = where.split(' ');
    return { method, handler, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '([^/]+)')}$`) };
  });
  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const given = request.headers['content-type'] ?? '';
    const call: Call = {
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: request.headers,
      type: given.split(';', 1)[0]?.toLowerCase() ?? '',
      json: () => parsed(bytes.toString('utf8')),
      form: () => formOf(bytes, given),
    };
    const route = table.find(({ method, pattern }) => method === request.method && pattern.test(pathname));
    const reply = await answered(async () => {
      before(call);
      if (route === undefined) throw new Refusal(404, 'no such path');
      const names = route.pattern.exec(pathname)?.slice(1).map(decodeURIComponent) ?? [];
      return route.handler(call, ...names);
    }, refused);
    const { status, body, type = 'application/json', headers = {} } = reply;
    response.writeHead(status, { ...headers, ...(body !== undefined && { 'content-type': type }) });
    response.end(body === undefined ? undefined : type === 'application/json' ? JSON.stringify(body) : body);
  };
}

async function answered(run: () => Promise<Reply>, refused: (refusal: Refusal) => Reply): Promise<Reply> {
  try {
    return await run();
  } catch (error) {
    return refused(error instanceof Refusal ? error : new Refusal(500, String(error)));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'this is no JSON');
  }
}

async function formOf(bytes: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  } catch {
    throw new Refusal(400, 'this is no form');
  }
}
