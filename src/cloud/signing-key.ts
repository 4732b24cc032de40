import { type AccessKey, type CloudCredential, CredentialRefreshError } from './credential.ts';
import { transportFailure } from './transport-failures.ts';

/** A credential as the official client asks for it. */
export interface SigningKey {
  readonly provider: { getProviderName(): string; getCredentials(): Promise<AccessKey> };
  /** Temporary keys are fetched anew here, ahead of the call, rather than between its start and its sending. */
  renew(): Promise<void>;
  /** The parts of the key that signed last, so that no message can repeat them. */
  secrets(): readonly string[];
}

/** What a source of keys throws becomes CredentialRefreshError, to be told apart from a failure of the call. */
export function createSigningKey(credential: CloudCredential): SigningKey {
  let secrets: readonly string[] = [];
  const getCredentials = async (): Promise<AccessKey> => {
    const key = await credential.accessKey().catch((thrown: unknown) => {
      throw new CredentialRefreshError(transportFailure(thrown) !== undefined);
    });
    secrets = [key.accessKeyId, key.accessKeySecret, key.securityToken ?? ''];
    return key;
  };
  return {
    provider: { getProviderName: () => 'rd-reconcile', getCredentials },
    renew: async () => {
      await getCredentials();
    },
    secrets: () => secrets,
  };
}
