import type { Request, Response } from 'express';
import { identifierOf } from '../document/identifiers.ts';
import { decodeText } from '../document/percent.ts';
import { set } from '../document/values.ts';
import { checkTexts } from './body/json.ts';
import type { LongBody } from './body/longBody.ts';
import { bodyReader, type ReadBody } from './body/readBody.ts';
import { shadowed } from './body/shadow.ts';
import { Context } from './context.ts';
import { crossOrigin } from './crossOrigin.ts';
import type { Dispatcher } from './dispatch.ts';
import { HttpError, InvalidRequest, NotImplemented, violationLines } from './errors.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import type { AppOptions } from './options.ts';
import { refuseOtherSites } from './otherSites.ts';
import type { Parameters } from './parameters.ts';
import type { Protocol } from './protocol/protocol.ts';
import { type RateLimit, rateLimit } from './rateLimit.ts';
import { security } from './security.ts';
import { type Settled, send, settle, violationsOf } from './send.ts';
import type { Served } from './served.ts';
import { Source } from './source.ts';
import { UnknownMembers } from './unknownMembers.ts';
import { splitUrl } from './url.ts';
import type { Checks } from './validate/checks.ts';

const BODY_LIMIT = 1024 * 1024;

/** The middle of a request, from its path to its answer: each step reads what those before it have found out. */
export function handle<Services>(
  options: AppOptions<Services>,
  dispatcher: Dispatcher,
  checks: Checks,
  protocol: Protocol,
  report: (sentence: string) => void,
) {
  const { document, authentication } = options;
  const limits =
    options.rateLimit === undefined ? undefined : rateLimit(options.rateLimit, authentication !== undefined);
  const secure = security(document, options.security ?? {}, report);
  const readBody = bodyReader(document, {
    limit: options.bodyLimit ?? BODY_LIMIT,
    uploads: options.uploads ?? {},
    longBodies: options.longBodies ?? {},
  });
  const { requestIdHeader = 'X-Request-Id', exposedHeaders = [] } = protocol;
  const share = (options.cors ?? true) ? crossOrigin([requestIdHeader, ...exposedHeaders]) : undefined;
  const refuseOthers = options.browsers === undefined ? undefined : refuseOtherSites(options.browsers);
  const unknownMembers = protocol.unknownMembers === 'drop' ? new UnknownMembers(document) : undefined;

  const admit = async (exchange: Exchange, { operation }: Served): Promise<ReadBody | undefined> => {
    beginAuthentication(options, exchange);
    if (operation.security.length > 0) await secure(exchange, operation);
    return readBody(exchange, operation.body);
  };

  // A step that has nothing to wait for is not awaited: most requests have no limit and no credential.
  return async (request: Request, response: Response): Promise<void> => {
    const exchange = exchangeOf(response);
    share?.(request, response);
    refuseOthers?.(request);
    const served = route(dispatcher, options, exchange);
    if (served === undefined) return; // OPTIONS, which is answered
    if (limits !== undefined) await limits.beforeBody(exchange);
    const read = await (limits === undefined
      ? admit(exchange, served)
      : counted(limits, exchange, admit(exchange, served)));
    if (limits !== undefined) await limits.afterBody(exchange);
    const parameters = readParameters(exchange, served);
    const body = validate(checks, exchange, served, parameters, read);
    if (read?.long !== undefined) await takeLists(checks, exchange, read.long, unknownMembers);
    const kept = unknownMembers === undefined ? body : dropUnknown(unknownMembers, exchange, read, body);
    const input = inputFor(served, parameters, kept);
    if (exchange.identity !== undefined) authentication?.authorize?.(exchange.identity, input);
    const result = await call(options, exchange, served, input);
    const source = new Source(result);
    try {
      if (response.headersSent) return; // it took too long, and was answered so
      const settled = settle(served, result, request.headers.accept);
      checkAnswer(options, checks, exchange, served, settled);
      await send(exchange, settled, source);
    } finally {
      void source.close();
    }
  };
}

/** Finds the operation before anything else looks at the request. Undefined where OPTIONS has been answered. */
function route<Services>(
  dispatcher: Dispatcher,
  options: AppOptions<Services>,
  exchange: Exchange,
): Served | undefined {
  const { request, response } = exchange;
  const { method, url } = request;
  const match = dispatcher.find(method, ...splitUrl(url));
  if (match === undefined) throw new HttpError(404, `There is nothing at ${method} ${request.path}.`);
  const { served } = match;
  const allowed = () => [...match.allowed, 'OPTIONS'].join(', ');
  if (method === 'OPTIONS' && (served === undefined || handlerOf(options, served) === undefined)) {
    // The headers of CORS are there already; only the path's methods are left to be told.
    response.setHeader('Allow', allowed());
    response.setHeader('Access-Control-Allow-Methods', allowed());
    response.status(200).setHeader('Content-Length', '0').end();
    return undefined;
  }
  exchange.match = match;
  if (match.notServed) {
    throw new HttpError(501, `${method} ${match.path} belongs to a part of the API that this server does not have.`);
  }
  if (served === undefined) {
    const message = `${method} is not allowed here; use ${match.allowed.join(' or ')}.`;
    throw new HttpError(405, message, {}, { Allow: allowed() });
  }
  exchange.served = served;
  exchange.rawPath = match.pathParams;
  return served;
}

function beginAuthentication<Services>({ authentication }: AppOptions<Services>, exchange: Exchange): void {
  if (authentication === undefined) return;
  const { method, originalUrl: rawUrl, rawHeaders: headers } = exchange.request;
  exchange.authenticate = authentication.begin({ method, rawUrl, headers }, decodedPath(exchange.rawPath));
}

function decodedPath(rawPath: Readonly<Record<string, string>>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(rawPath).map(([name, text]) => [name, decodeText(text)]));
  } catch (error) {
    throw new HttpError(400, (error as Error).message);
  }
}

/** A request that is refused before the limit of its caller was asked counts too. */
async function counted<T>(limits: RateLimit, exchange: Exchange, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (thrown) {
    await limits.refused(exchange, thrown);
    throw thrown;
  }
}

function readParameters({ request, rawPath }: Exchange, served: Served): Parameters {
  const { originalUrl, headers } = request;
  const [, query] = splitUrl(originalUrl);
  const parameters = served.readParameters({ path: rawPath, query, headers });
  // Only an escape can hide half a character or a NUL.
  if (originalUrl.includes('%')) {
    checkTexts(parameters.params, '/params');
    checkTexts(parameters.query, '/query');
  }
  return parameters;
}

/** Answers the body with the defaults of its members filled in. */
function validate(
  checks: Checks,
  exchange: Exchange,
  { operation }: Served,
  parameters: Parameters,
  read: ReadBody | undefined,
): unknown {
  const shadow = read?.content.kind === 'multipart' ? shadowed(read.value) : undefined;
  const body = shadow === undefined ? read?.value : shadow.value;
  const value = read === undefined ? { ...parameters } : { ...parameters, body };
  const violations = checks.request(
    operation,
    read?.content,
    value,
    (read?.size ?? 0) + exchange.request.originalUrl.length,
  );
  if (violations.length > 0) throw new InvalidRequest(violations);
  const checked = (value as { body?: unknown }).body;
  exchange.body = shadow === undefined ? checked : shadow.restore(checked);
  return exchange.body;
}

/** Checks the long lists of a body, and has the handler read them. */
async function takeLists(
  checks: Checks,
  exchange: Exchange,
  long: LongBody,
  unknownMembers: UnknownMembers | undefined,
): Promise<void> {
  await long.check(checks, () => exchange.keepAlive());
  exchange.items = (pointer) => long.items(pointer, checks, unknownMembers, () => exchange.keepAlive());
}

function dropUnknown(
  unknownMembers: UnknownMembers,
  exchange: Exchange,
  read: ReadBody | undefined,
  value: unknown,
): unknown {
  if (read === undefined) return value;
  const { body, dropped } = unknownMembers.drop(read.content.schema, value);
  for (const member of dropped) {
    const hint = member.closest === undefined ? '' : ` Did you mean ${member.closest}?`;
    exchange.log.warn(
      { operation: exchange.served?.operation.id },
      `${member.path} is not known and was ignored.${hint}`,
    );
  }
  return body;
}

/** One flat input. A parameter wins over a member of the same name in an open body, which stays in `request.body`. */
function inputFor(
  { input }: Served,
  { params, query, headers, cookies }: Parameters,
  body: unknown,
): Record<string, unknown> {
  const flat: Record<string, unknown> = input.body === 'members' ? { ...(body as object) } : {};
  if (input.body === 'value' && body !== undefined) flat[input.bodyName] = body;
  for (const { in: place, name } of input.parameters) {
    const from = place === 'path' ? params : place === 'header' ? headers : place === 'cookie' ? cookies : query;
    const key = place === 'header' ? name.toLowerCase() : name;
    if (Object.hasOwn(from, key)) set(flat, name, from[key]);
  }
  return flat;
}

async function call<Services>(
  options: AppOptions<Services>,
  exchange: Exchange,
  served: Served,
  input: object,
): Promise<unknown> {
  const handler = handlerOf(options, served);
  if (handler === undefined) throw new NotImplemented(served.operation.id);
  return handler(input as never, options.services as Services, new Context(exchange) as never);
}

function handlerOf<Services>({ handlers }: AppOptions<Services>, { operation: { id } }: Served) {
  if (Object.hasOwn(handlers, id)) return handlers[id];
  const name = identifierOf(id);
  return Object.hasOwn(handlers, name) ? handlers[name] : undefined;
}

function checkAnswer<Services>(
  { onInvalidResponse = 'log' }: AppOptions<Services>,
  checks: Checks,
  exchange: Exchange,
  { operation }: Served,
  settled: Settled,
): void {
  const found = violationsOf(checks, exchange, operation, settled);
  if (found.length === 0) return;
  const message = `The answer of ${operation.id} breaks the contract: ${violationLines(found).join('\n')}`;
  if (onInvalidResponse === 'throw') throw new Error(message);
  exchange.log.error({ operation: operation.id }, message);
}
