import type { Request, Response } from 'express';
import type { AppOptions } from './app.ts';
import { isObject, jsonType, resolve } from './document.ts';
import { operationOf, state } from './state.ts';
import { UnknownMembers } from './unknownMembers.ts';

/** Calls the operation's handler with one flat input, and sends what it answers. */
export function handle<Services>({ document, operations, handlers, services, authentication }: AppOptions<Services>) {
  const bodySchemas = new Map(
    Object.entries(operations).map(([id, { path, method }]) => {
      const operation = document.paths?.[path]?.[method.toLowerCase()];
      const body = isObject(operation) ? resolve(document, operation.requestBody) : undefined;
      const type = isObject(body) ? jsonType(body.content) : undefined;
      const content = isObject(body) && isObject(body.content) && type !== undefined ? body.content[type] : undefined;
      return [id, isObject(content) ? content.schema : undefined];
    }),
  );
  const unknownMembers = new UnknownMembers(document);
  return async (request: Request, response: Response): Promise<void> => {
    const { id, operation } = operationOf(operations, response);
    const { id: requestId, log, pathParams, identity } = state(response);
    const { body, dropped } = unknownMembers.drop(bodySchemas.get(id), request.body);
    for (const member of dropped) {
      const hint = member.closest === undefined ? '' : ` Did you mean ${member.closest}?`;
      log.warn({ operation: id }, `${member.path} is not known and was ignored.${hint}`);
    }
    const headers = Object.fromEntries(
      operation.headerParams.map((name) => [name, request.headers[name.toLowerCase()]]),
    );
    // What the path says wins over a member of the same name in an open body.
    const input = {
      ...(operation.body === 'value' ? { body } : (body as object)),
      ...headers,
      ...request.query,
      ...pathParams,
    };
    if (identity !== undefined) authentication?.authorize?.(identity, input);
    const handler = handlers[id];
    if (handler === undefined) throw new Error(`${id} has no handler.`);
    const answer = await handler(input as never, services, {
      id: requestId,
      headers: request.headers,
      caller: identity?.accessKeyId,
      log,
    });
    if (response.headersSent) return; // it took too long, and that was answered
    response.status(operation.status);
    if (answer === undefined) response.end();
    else response.json(answer);
  };
}
