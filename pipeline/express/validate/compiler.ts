import { createRequire } from 'node:module';
import type * as requests from 'express-openapi-validator/dist/middlewares/openapi.request.validator.js';
import type * as responses from 'express-openapi-validator/dist/middlewares/openapi.response.validator.js';
import { formats } from '../../document/formats.ts';
import type { Violation } from '../errors.ts';
import { multipleOf } from './multipleOf.ts';
import type { Prepared, Report } from './prepared.ts';
import { tolerant } from './tolerant.ts';

// The classes themselves, by their path in a pinned version: what changes there fails `tsc`. The package's own entry
// finds the route of each request by the expressions of all paths, and decodes queries by rules stricter than OpenAPI's.
const require = createRequire(import.meta.url);

export type Parts = Readonly<Record<string, Prepared>>;

/** Checks a value, and answers how it breaks its schema. Fills in defaults where it was made for requests. */
export type Check = (value: object) => readonly Violation[];

interface CompilerOptions {
  /** Whether every violation is wanted, or the first alone, which is much less work on a large value. */
  readonly all: boolean;
  /** Whether members that every object inherits are told from those that were sent, which costs time. */
  readonly own: boolean;
  readonly report: Report;
}

const options = ({ all, own, report }: CompilerOptions) => ({
  ownProperties: own,
  allErrors: all,
  strict: false as const,
  strictNumbers: true,
  validateSchema: false,
  validateFormats: true,
  formats,
  ajvFormats: { mode: 'fast' as const },
  keywords: [multipleOf],
  code: { regExp: tolerant(report) },
  logger: false as const,
});

const METHOD = 'POST';
const TYPE = 'application/json';
const head = { openapi: '3.1.0', info: { title: '', version: '' }, paths: {} };

/**
 * express-openapi-validator's check of requests, one for an app. The schemas of each operation are handed to it at the
 * operation's first request: it is given a whole request as one body, whose parameters have been decoded already.
 */
export class RequestCompiler {
  readonly #validator: requests.RequestValidator;
  readonly #document: { components: { parts: Parts } };

  constructor(given: CompilerOptions) {
    const { RequestValidator } =
      require('express-openapi-validator/dist/middlewares/openapi.request.validator.js') as typeof requests;
    const document = { ...head, components: { parts: {} } };
    this.#document = document;
    this.#validator = new RequestValidator(document as never, { ...options(given), useDefaults: true } as never);
  }

  /** `key` is the schema's own. Throws where the schema can't be compiled. */
  compile(key: string, schema: Prepared, parts: Parts): Check {
    const openapi = {
      expressRoute: key,
      pathParams: {},
      schema: { requestBody: { required: true, content: { [TYPE]: { schema } } } },
    };
    const check = (body: object): readonly Violation[] => {
      const request = {
        openapi,
        method: METHOD,
        headers: { 'content-type': TYPE },
        originalUrl: '/',
        query: {},
        params: {},
        body,
      };
      try {
        this.#validator.validate(request as never, undefined as never, ignore);
        return [];
      } catch (error) {
        return violationsOf(error);
      }
    };
    // It reads the components once, when it compiles.
    this.#document.components = { parts };
    check({});
    return check;
  }
}

/** The same for answers. */
export class ResponseCompiler {
  readonly #validator: responses.ResponseValidator;
  readonly #document: { components: { parts: Parts } };

  constructor(given: CompilerOptions) {
    const { ResponseValidator } =
      require('express-openapi-validator/dist/middlewares/openapi.response.validator.js') as typeof responses;
    const document = { ...head, components: { parts: {} } };
    this.#document = document;
    this.#validator = new ResponseValidator(document as never, options(given) as never);
  }

  compile(key: string, schema: Prepared, parts: Parts): Check {
    this.#document.components = { parts };
    const request = { method: METHOD, headers: {}, openapi: { expressRoute: key } };
    const documented = { 200: { description: '', content: { [TYPE]: { schema } } } };
    const validators = this.#validator._getOrBuildValidator(request as never, documented as never);
    return (body) => {
      try {
        this.#validator._validate({ validators, body, statusCode: 200, path: '', accepts: [] });
        return [];
      } catch (error) {
        return violationsOf(error);
      }
    };
  }
}

const ignore = (): void => {};

/** The validator throws the violations as an error's `errors`; whatever else it throws is a fault of the schema. */
function violationsOf(error: unknown): readonly Violation[] {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) throw error;
  return error.errors as Violation[];
}
