/** What a call says about its signature, in either scheme, ready to be checked. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  readonly securityToken: string | undefined;
  readonly nonce: string;
  /** Milliseconds since 1970; NaN when it is not readable. */
  readonly signedAt: number;
  /** The signature that the call carries. */
  readonly signature: string;
  /** The signature that it must carry. */
  expected(secret: string): string;
  /** Why it cannot be accepted whatever the secret, when that is known already. */
  readonly mismatch: string | undefined;
}
