const MAX_SIZE = 50_000_000; // bytes
const TIMEOUT = 30_000; // ms

export const isURL = (source: string): boolean => /^https?:\/\//i.test(source);

/** Fetches a document. Throws an error with one sentence where that fails, takes too long, or is too large. */
export async function fetchText(url: string): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT);
  try {
    const response = await fetch(url, {
      signal,
      headers: { Accept: 'application/json, application/yaml, text/yaml, */*;q=0.5' },
    });
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    const body = (response.body ?? []) as AsyncIterable<Uint8Array> | [];
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MAX_SIZE) throw new Error(`It is larger than ${MAX_SIZE / 1_000_000} MB.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n');
  } catch (error) {
    if (signal.aborted) throw new Error(`The server did not answer within ${TIMEOUT / 1000} s.`);
    const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
    throw new Error(cause ? `It can not be fetched: ${cause.code ?? cause.message}.` : message);
  }
}
