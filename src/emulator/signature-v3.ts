import { createHash, createHmac } from 'node:crypto';
import type { HttpCall } from './http-call.ts';
import { instantOf } from './iso-instant.ts';
import { canonicalQuery } from './percent-encode.ts';
import type { SignatureClaim } from './signature-claim.ts';

/** Source: "V3 request structure and signature", sdk/product-overview/v3-request-structure-and-signature. */
const ALGORITHM = 'ACS3-HMAC-SHA256';
const AUTHORIZATION = /^ACS3-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)$/;
/** The page has every x-acs- header signed, and these must be there. */
const REQUIRED_HEADERS = [
  'host',
  'x-acs-action',
  'x-acs-version',
  'x-acs-date',
  'x-acs-content-sha256',
  'x-acs-signature-nonce',
];

/** Undefined when the call does not carry what the scheme needs. */
export function readV3Claim(call: HttpCall): SignatureClaim | undefined {
  const [, accessKeyId, signed, signature] = AUTHORIZATION.exec(call.headers['authorization'] ?? '') ?? [];
  if (accessKeyId === undefined || signed === undefined || signature === undefined) return undefined;
  if (REQUIRED_HEADERS.some((name) => call.headers[name] === undefined)) return undefined;
  const signedHeaders = signed.split(';');
  const toSign = `${ALGORITHM}\n${sha256(canonicalRequest(call, signedHeaders))}`;
  return {
    accessKeyId,
    securityToken: call.headers['x-acs-security-token'],
    nonce: call.headers['x-acs-signature-nonce'] ?? '',
    signedAt: instantOf(call.headers['x-acs-date'] ?? ''),
    signature,
    expected: (secret) => createHmac('sha256', secret).update(toSign).digest('hex'),
    mismatch: bodyMismatch(call) ?? unsignedHeader(call, signedHeaders),
  };
}

function canonicalRequest(call: HttpCall, signedHeaders: readonly string[]): string {
  const headers = signedHeaders.map((name) => `${name}:${(call.headers[name] ?? '').trim()}\n`).join('');
  return [
    call.method,
    call.path,
    canonicalQuery(call.query),
    headers,
    signedHeaders.join(';'),
    call.headers['x-acs-content-sha256'] ?? '',
  ].join('\n');
}

function bodyMismatch(call: HttpCall): string | undefined {
  if (call.headers['x-acs-content-sha256'] === sha256(call.body)) return undefined;
  return 'The x-acs-content-sha256 header is not the hash of the body.';
}

function unsignedHeader(call: HttpCall, signedHeaders: readonly string[]): string | undefined {
  const present = Object.keys(call.headers).filter((name) => name.startsWith('x-acs-') || name === 'host');
  const missing = present.find((name) => !signedHeaders.includes(name));
  if (missing !== undefined) return `The header ${missing} is not signed.`;
  const isSorted = signedHeaders.every(
    (name, index) => index === 0 || (signedHeaders[index - 1] ?? '') < name,
  );
  return isSorted ? undefined : 'SignedHeaders are not in alphabetical order.';
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
