import { type AccessKey, type CloudCredential, CredentialsMissing } from './credential.ts';
import {
  CLIProfileCredentialsProvider,
  Credential,
  type CredentialsProvider,
  ProfileCredentialsProvider,
} from './official-client.ts';

export interface CredentialChoice {
  /** The name of a profile in `~/.aliyun/config.json` or `~/.alibabacloud/credentials`. */
  readonly profile?: string | undefined;
  /** Keys that are given outright; no other source is asked. */
  readonly keys?:
    | {
        readonly accessKeyId: string;
        readonly accessKeySecret: string;
        readonly securityToken?: string | undefined;
      }
    | undefined;
}

/**
 * A credential that has yielded a key once. That first time must be over before calls run side by side: the
 * official chain notes a source as the one to use before it knows that it works, and after a failure never
 * looks at the others again. So a failed attempt is thrown away as a whole.
 * @throws CredentialsMissing when no source yields a key
 */
export async function resolveCredential({ profile, keys }: CredentialChoice = {}): Promise<CloudCredential> {
  if (keys !== undefined) return staticCredential(keys);
  if (profile !== undefined) return resolveProfile(profile);
  return (await firstThatYields([defaultChain()])) ?? refuse(CHAIN_HELP);
}

function staticCredential(keys: NonNullable<CredentialChoice['keys']>): CloudCredential {
  const { accessKeyId, accessKeySecret, securityToken } = keys;
  const providerName = securityToken === undefined ? 'static_ak' : 'static_sts';
  const key: AccessKey = { accessKeyId, accessKeySecret, securityToken, providerName };
  if (!isUsable(key)) return refuse('the access key that was given is empty');
  return { accessKey: async () => key };
}

async function resolveProfile(name: string): Promise<CloudCredential> {
  const sources = [cliProfile(name), iniProfile(name)];
  return (await firstThatYields(sources)) ?? refuse(profileHelp(name));
}

/** The library's builders throw where a source is switched off in the environment. */
type Source = () => { getCredential(): Promise<Readonly<Partial<AccessKey>>> };

const defaultChain = (): Source => () => new Credential();

const cliProfile = (name: string): Source =>
  fromProvider(() => CLIProfileCredentialsProvider.builder().withProfileName(name).build());

const iniProfile = (name: string): Source =>
  fromProvider(() => ProfileCredentialsProvider.builder().withProfileName(name).build());

const fromProvider =
  (build: () => CredentialsProvider): Source =>
  () =>
    new Credential(null, build());

async function firstThatYields(sources: readonly Source[]): Promise<CloudCredential | undefined> {
  for (const source of sources) {
    const credential = await tryOnce(source);
    if (credential !== undefined) return credential;
  }
  return undefined;
}

/** The library's messages quote whole configuration files, so none of them is kept. */
async function tryOnce(source: Source): Promise<CloudCredential | undefined> {
  try {
    const inner = source();
    const accessKey = async () => usableKey(await inner.getCredential());
    await accessKey();
    return { accessKey };
  } catch {
    return undefined;
  }
}

function usableKey(found: Readonly<Partial<AccessKey>>): AccessKey {
  const { accessKeyId = '', accessKeySecret = '', securityToken, providerName = '' } = found;
  const key = { accessKeyId, accessKeySecret, securityToken, providerName };
  return isUsable(key) ? key : refuse('the source yields an empty access key');
}

const isUsable = ({ accessKeyId, accessKeySecret }: AccessKey): boolean =>
  accessKeyId !== '' && accessKeySecret !== '';

const CHAIN_HELP =
  'no credentials found in the environment, an OIDC role, the Alibaba Cloud CLI profile, the credentials file, ' +
  'the ECS instance role or the credentials URI; set ALIBABA_CLOUD_ACCESS_KEY_ID and ' +
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET, or pass --profile NAME';

const profileHelp = (name: string): string =>
  `profile "${name}" gives no credentials: neither ~/.aliyun/config.json nor ~/.alibabacloud/credentials has a ` +
  `working profile of that name; run "aliyun configure --profile ${name}" or name another profile`;

function refuse(message: string): never {
  throw new CredentialsMissing(message);
}
