import { createHmac } from 'node:crypto';
import { type HttpCall, mergedParameters } from './http-call.ts';
import { instantOf } from './iso-instant.ts';
import { canonicalQuery, percentEncode } from './percent-encode.ts';
import type { SignatureClaim } from './signature-claim.ts';

/**
 * The older scheme: HMAC-SHA1 over every parameter, SignatureVersion 1.0.
 * Source: "RPC-style request structure and signature", sdk/product-overview/rpc-mechanism (deprecated there).
 * @returns undefined when the call does not carry what the scheme needs
 */
export function readV1Claim(call: HttpCall): SignatureClaim | undefined {
  const { Signature: signature, ...signed } = mergedParameters(call);
  const { AccessKeyId, SignatureNonce, Timestamp, SecurityToken } = signed;
  if (!signature || !AccessKeyId || !SignatureNonce || !Timestamp) return undefined;
  const toSign = `${call.method}&${percentEncode('/')}&${percentEncode(canonicalQuery(Object.entries(signed)))}`;
  return {
    accessKeyId: AccessKeyId,
    securityToken: SecurityToken,
    nonce: SignatureNonce,
    signedAt: instantOf(Timestamp),
    signature,
    expected: (secret) => createHmac('sha1', `${secret}&`).update(toSign).digest('base64'),
    mismatch: signed['SignatureMethod'] === 'HMAC-SHA1' ? undefined : 'SignatureMethod must be HMAC-SHA1.',
  };
}
