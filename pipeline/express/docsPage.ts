import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';

interface DocsPage {
  readonly bodies: Readonly<Record<'br' | 'gzip' | 'identity', Buffer>>;
  readonly etag: string;
  readonly policy: string;
}

/**
 * Sends the reference page, which is several megabytes: compressed once, at its first request, and with an ETag, so that
 * a second visit costs no body. `change` gets its HTML before that.
 */
export function docsPage(
  file: URL,
  change: (html: string) => string = (html) => html,
): (request: Request, response: Response) => Promise<void> {
  let page: Promise<DocsPage> | undefined;
  return async (request, response) => {
    page ??= read(file, change);
    const { bodies, etag, policy } = await page.catch((error: unknown) => {
      page = undefined;
      throw error;
    });
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('ETag', etag);
    response.setHeader('Cache-Control', 'no-cache'); // kept, but asked for again
    response.setHeader('Vary', 'Accept-Encoding');
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    // Browsers name gzip first, out of habit: the smallest that they take is sent.
    const encoding = (['br', 'gzip'] as const).find((name) => request.acceptsEncodings(name)) ?? 'identity';
    if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
    response.type('html').send(bodies[encoding]);
  };
}

async function read(file: URL, change: (html: string) => string): Promise<DocsPage> {
  const text = change(await readFile(file, 'utf8'));
  const html = Buffer.from(text);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
  };
  const [br, gzipped] = await Promise.all([promisify(brotliCompress)(html, { params }), promisify(gzip)(html)]);
  return {
    bodies: { br, gzip: gzipped, identity: html },
    etag: `"${createHash('sha256').update(html).digest('base64url')}"`,
    policy: policyOf(text),
  };
}

/** Only the scripts that the page was built with may run: each is named by its hash. Its styles are made at run time. */
function policyOf(html: string): string {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi)];
  const hashes = scripts.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ') || "'none'"}`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    'worker-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
