import type { IncomingMessage } from 'node:http';
import { HttpError } from '../errors.ts';

export const tooLarge = (limit: number | undefined): string => `The body is larger than the limit of ${limit} bytes.`;
export const CUT_SHORT = 'The request ended before its body did.';

/**
 * Reads a body that is not compressed, as nearly all are. Rejects with a 413 where it is larger than `limit`, in bytes; the
 * rest of it is then left unread.
 */
export function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > limit) return reject(new HttpError(413, tooLarge(limit)));
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= limit) return;
      request.off('data', take).pause();
      reject(new HttpError(413, tooLarge(limit)));
    };
    request.on('data', take);
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size)));
    request.on('close', () => {
      if (!request.readableEnded) reject(new HttpError(400, CUT_SHORT));
    });
  });
}
