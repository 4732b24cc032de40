import {
  type CredentialsProvider,
  RAMRoleARNCredentialsProvider,
  StaticAKCredentialsProvider,
  StaticSTSCredentialsProvider,
} from '@alicloud/credentials';
import { backoffMs } from '../model/backoff.ts';
import { OWN_CODES } from '../model/own-codes.ts';
import type { Clock, Random } from '../model/ports.ts';
import {
  type AccessKey,
  type CloudCredential,
  CredentialsMissing,
  RoleRefused,
  StsUnreachable,
} from './credential.ts';
import { checkEndpoint } from './endpoint.ts';
import { PROXY_AUTHENTICATION_REQUIRED } from './failures.ts';
import { scrub } from './scrub.ts';
import { transportFailure } from './transport-failures.ts';

export interface RoleChoice {
  /** `acs:ram::1738084522671234:role/reconcile` */
  readonly roleArn: string;
  readonly stsEndpoint: URL;
  /** The credential that may assume it. */
  readonly source: () => Promise<CloudCredential>;
  /** Milliseconds for one answer. */
  readonly callMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted when no more is to be tried. */
  readonly signal?: AbortSignal | undefined;
}

/** As often as a call that did not leave: with the waits between, up to 7.5 s. */
const TRIES = 5;

/** Shows in the audit trail of the directory that is acted in. */
const SESSION_NAME = 'rd-reconcile';

/**
 * A credential that acts in a role, through the official library: it renews the session before it ends.
 * It has yielded a key once, so that a role that cannot be assumed shows before any other call. Asking for a session
 * changes nothing, so what may pass is tried again.
 * @throws CredentialsMissing, RoleRefused, StsUnreachable, EndpointError
 */
export async function assumeRole(choice: RoleChoice): Promise<CloudCredential> {
  const source = await choice.source();
  const provider = sessionsOf(choice, source);
  const accessKey = async (): Promise<AccessKey> => {
    const { accessKeyId, accessKeySecret, securityToken, providerName } = await provider.getCredentials();
    return { accessKeyId, accessKeySecret, securityToken, providerName };
  };
  await untilAnswered(() => firstKey(accessKey, choice.roleArn), choice);
  return { accessKey };
}

async function firstKey(accessKey: () => Promise<AccessKey>, roleArn: string): Promise<void> {
  try {
    await accessKey();
  } catch (thrown) {
    throw asRoleError(thrown, roleArn);
  }
}

/** @throws what the last try threw, and at once what no other try would change */
async function untilAnswered(
  ask: () => Promise<void>,
  { clock, random, signal }: Pick<RoleChoice, 'clock' | 'random' | 'signal'>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StsUnreachable) || attempt === TRIES) throw error;
      await clock.sleep(backoffMs(attempt, random), signal);
      if (signal?.aborted === true) throw error;
    }
  }
}

function sessionsOf(
  { roleArn, stsEndpoint, callMs }: RoleChoice,
  source: CloudCredential,
): CredentialsProvider {
  const url = checkEndpoint(stsEndpoint);
  const sourceProvider: CredentialsProvider = {
    getProviderName: () => 'rd-reconcile',
    getCredentials: async () => inTheirForm(await source.accessKey()).getCredentials(),
  };
  const provider = RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(sourceProvider)
    .withRoleArn(roleArn)
    .withRoleSessionName(SESSION_NAME)
    .withStsEndpoint(url.host)
    .withConnectTimeout(callMs)
    .withReadTimeout(callMs)
    .build();
  wrapRequests(provider, url.protocol === 'http:' ? { protocol: 'http' } : {});
  return provider;
}

function inTheirForm({ accessKeyId, accessKeySecret, securityToken = '' }: AccessKey): CredentialsProvider {
  if (securityToken === '') {
    const builder = StaticAKCredentialsProvider.builder();
    return builder.withAccessKeyId(accessKeyId).withAccessKeySecret(accessKeySecret).build();
  }
  const builder = StaticSTSCredentialsProvider.builder();
  return builder
    .withAccessKeyId(accessKeyId)
    .withAccessKeySecret(accessKeySecret)
    .withSecurityToken(securityToken)
    .build();
}

/** A proxy answered in place of STS. */
class ProxyAnswered extends Error {
  override readonly name = 'ProxyAnswered';
}

/**
 * The library tells no status, and knows https only. Over http it speaks to an emulator on this machine:
 * checkEndpoint sees to that.
 */
function wrapRequests(
  provider: RAMRoleARNCredentialsProvider,
  changes: { readonly protocol?: 'http' },
): void {
  const seam = provider as unknown as { doRequest: (request: object) => Promise<{ statusCode?: unknown }> };
  const send = seam.doRequest;
  seam.doRequest = async (request) => {
    const response = await send(Object.assign(request, changes));
    if (response.statusCode === PROXY_AUTHENTICATION_REQUIRED) throw new ProxyAnswered();
    return response;
  };
}

/** The library's message quotes the whole answer; only its code and message are kept, scrubbed. */
function asRoleError(thrown: unknown, roleArn: string): Error {
  if (thrown instanceof CredentialsMissing) return thrown;
  if (thrown instanceof ProxyAnswered)
    return new StsUnreachable(`ProxyRefused: role ${roleArn} cannot be assumed: ${OWN_CODES.ProxyRefused}`);
  const transport = transportFailure(thrown);
  if (transport !== undefined)
    return new StsUnreachable(`role ${roleArn} cannot be assumed: STS does not answer (${transport})`);
  const refusal = refusalIn((thrown as Error).message);
  if (refusal === undefined || /^(?:ServiceUnavailable|InternalError|Throttling)/.test(refusal.code))
    return new StsUnreachable(
      `role ${roleArn} cannot be assumed: ${refusal?.code ?? 'the answer of STS cannot be read'}`,
    );
  return new RoleRefused(
    `role ${roleArn} cannot be assumed: ${refusal.code}: ${refusal.message}; check the role's trust policy and ` +
      'that the ambient credentials may call sts:AssumeRole',
  );
}

function refusalIn(message: string): { readonly code: string; readonly message: string } | undefined {
  if (/access key secret is invalid/.test(message))
    return { code: 'SignatureDoesNotMatch', message: 'the access key secret is wrong' };
  const start = message.indexOf('{');
  try {
    const body = JSON.parse(message.slice(start)) as { Code?: unknown; Message?: unknown };
    if (typeof body.Code !== 'string' || !/^[\w.-]{1,100}$/.test(body.Code)) return undefined;
    return { code: body.Code, message: typeof body.Message === 'string' ? scrub(body.Message) : '' };
  } catch {
    return undefined;
  }
}
