/** Something that yields the access key to sign the next call with. Temporary keys are renewed behind it. */
export interface CloudCredential {
  accessKey(): Promise<AccessKey>;
}

export interface AccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string | undefined;
  /** Where it came from, in the client's words: `static_ak`, `default/env`, ... The service is told. */
  readonly providerName: string;
}

/** No source gave an access key. The message names the sources tried and what to set, never their content. */
export class CredentialsMissing extends Error {
  override readonly name = 'CredentialsMissing';
}

/** A key that was there before could not be renewed for a call; that call was not sent. */
export class CredentialRefreshError extends Error {
  override readonly name = 'CredentialRefreshError';
  /** True when the network failed rather than the credentials. */
  readonly transport: boolean;

  constructor(transport: boolean) {
    super('the credentials could not be renewed');
    this.transport = transport;
  }
}

/** STS said no. The message names the role and the code, nothing of the keys. */
export class RoleRefused extends Error {
  override readonly name = 'RoleRefused';
}

/** No answer of STS came, or none that can be read, also after a few tries. */
export class StsUnreachable extends Error {
  override readonly name = 'StsUnreachable';
}
