import type { IncomingMessage } from 'node:http';
import type { HttpCall } from './http-call.ts';

/** Reads a request to its end, chunked or not. Rejects when the client goes away first. */
export async function readHttpCall(message: IncomingMessage): Promise<HttpCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  const headers = Object.entries(message.headers).map(
    ([name, value]) => [name, String(value ?? '')] as const,
  );
  return {
    method: message.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries<string>(headers),
    body: Buffer.concat(chunks),
  };
}
