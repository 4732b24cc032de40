import { timingSafeEqual } from 'node:crypto';
import { ApiError } from './api-error.ts';
import type { HttpCall } from './http-call.ts';
import type { KeyRing } from './key-ring.ts';
import type { SignatureClaim } from './signature-claim.ts';
import { readV1Claim } from './signature-v1.ts';
import { readV3Claim } from './signature-v3.ts';

/** Documented: a call is refused when its date is off by more. */
const MAX_CLOCK_SKEW_MS = 15 * 60 * 1000;
/** Nonces older than any date that is still accepted are forgotten. */
const NONCE_LIFE_MS = 2 * MAX_CLOCK_SKEW_MS;

/** Checks who signed a call, from the documented rules alone; remembers nonces. */
export class SignatureCheck {
  readonly #keys: KeyRing;
  readonly #nonces = new Map<string, number>();

  constructor(keys: KeyRing) {
    this.#keys = keys;
  }

  /** @returns the access key id of the signer. @throws ApiError */
  verify(call: HttpCall, now: number): string {
    const claim = readClaim(call);
    const held = this.#keys.find(claim.accessKeyId);
    if (held === undefined) throw new ApiError('InvalidAccessKeyId.NotFound');
    const { credential } = held;
    if (Number.isNaN(claim.signedAt)) throw new ApiError('InvalidTimeStamp.Format');
    if (Math.abs(now - claim.signedAt) > MAX_CLOCK_SKEW_MS) throw new ApiError('InvalidTimeStamp.Expired');
    if (claim.securityToken === undefined && credential.securityToken !== undefined) {
      throw new ApiError('MissingSecurityToken');
    }
    if (claim.securityToken !== credential.securityToken) {
      throw new ApiError('InvalidSecurityToken.Malformed');
    }
    if (now >= (held.expiresAt ?? Number.POSITIVE_INFINITY))
      throw new ApiError('InvalidSecurityToken.Expired');
    if (claim.mismatch !== undefined) throw new ApiError('SignatureDoesNotMatch', claim.mismatch);
    if (!isEqual(claim.signature, claim.expected(credential.accessKeySecret))) {
      throw new ApiError('SignatureDoesNotMatch');
    }
    this.#useNonce(claim.nonce, now);
    return claim.accessKeyId;
  }

  #useNonce(nonce: string, now: number): void {
    this.#forgetOldNonces(now);
    if (this.#nonces.has(nonce)) throw new ApiError('SignatureNonceUsed');
    this.#nonces.set(nonce, now);
  }

  /** They are kept in the order of their use, so the old ones come first. */
  #forgetOldNonces(now: number): void {
    for (const [nonce, usedAt] of this.#nonces) {
      if (usedAt >= now - NONCE_LIFE_MS) return;
      this.#nonces.delete(nonce);
    }
  }
}

function readClaim(call: HttpCall): SignatureClaim {
  const claim = call.headers['authorization'] === undefined ? readV1Claim(call) : readV3Claim(call);
  if (claim === undefined) throw new ApiError('IncompleteSignature');
  return claim;
}

function isEqual(carried: string, expected: string): boolean {
  const [a, b] = [Buffer.from(carried), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
