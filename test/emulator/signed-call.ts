import { createHash, createHmac } from 'node:crypto';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import type { HttpCall } from '../../src/emulator/http-call.ts';
import { START } from './world.ts';

/** Written from the documentation's steps, apart from the code under test and from the client. */

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const encode = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) => String.fromCharCode(byte))
    .map((character) =>
      /[A-Za-z0-9_.~-]/.test(character)
        ? character
        : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
const canonical = (pairs: Record<string, string>): string =>
  Object.entries(pairs)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
const isoSeconds = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

export interface CallToSign {
  readonly method?: string;
  readonly query?: Record<string, string>;
  readonly form?: Record<string, string>;
  /** Added to the usual headers, or put in their place; undefined takes one away. Signed. */
  readonly headers?: Record<string, string | undefined>;
  readonly accessKeyId?: string;
  readonly secret?: string;
  readonly at?: number;
  readonly nonce?: string;
  /** Signs the headers in the wrong order. */
  readonly reversed?: boolean;
}

export function signV3(call: CallToSign): HttpCall {
  const { method = 'POST', query = {}, form, at = START, nonce = 'nonce-1' } = call;
  const body = form === undefined ? '' : new URLSearchParams(form).toString();
  const headers: Record<string, string> = {};
  const usual = {
    host: 'resourcedirectory.aliyuncs.com',
    'x-acs-action': 'ListAccounts',
    'x-acs-version': '2022-04-19',
    'x-acs-date': isoSeconds(at),
    'x-acs-signature-nonce': nonce,
    'x-acs-content-sha256': sha256(body),
    ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...call.headers,
  };
  for (const [name, value] of Object.entries(usual)) if (value !== undefined) headers[name] = value;
  const names = Object.keys(headers).sort();
  if (call.reversed) names.reverse();
  const request = [
    method,
    '/',
    canonical(query),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    headers['x-acs-content-sha256'],
  ].join('\n');
  const signature = createHmac('sha256', call.secret ?? DEFAULT_CREDENTIAL.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(request)}`)
    .digest('hex');
  const key = call.accessKeyId ?? DEFAULT_CREDENTIAL.accessKeyId;
  headers['authorization'] =
    `ACS3-HMAC-SHA256 Credential=${key},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { method, path: '/', query: new URLSearchParams(query), headers, body: Buffer.from(body) };
}

/** Every parameter in the query. */
export function signV1(parameters: Record<string, string>, secret: string, method = 'GET'): HttpCall {
  const toSign = `${method}&%2F&${encode(canonical(parameters))}`;
  const Signature = createHmac('sha1', `${secret}&`).update(toSign).digest('base64');
  return {
    method,
    path: '/',
    query: new URLSearchParams({ ...parameters, Signature }),
    headers: { host: 'ecs.aliyuncs.com' },
    body: Buffer.alloc(0),
  };
}
