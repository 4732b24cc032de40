import { createRpcCall } from '../cloud/client.ts';
import { createCloudReader } from '../cloud/cloud-reader.ts';
import { createCloudWriter } from '../cloud/cloud-writer.ts';
import {
  type CloudCredential,
  CredentialsMissing,
  RoleRefused,
  StsUnreachable,
} from '../cloud/credential.ts';
import { resolveCredential } from '../cloud/credentials.ts';
import { EndpointError } from '../cloud/endpoint.ts';
import type { RpcCall } from '../cloud/rpc-call.ts';
import { EXIT } from '../model/exit-code.ts';
import type { Clock, CloudReader, CloudWriter, Random } from '../model/ports.ts';
import { CLOUD_CONFIG_ENDPOINTS } from '../wire/cloud-config.ts';
import { RESOURCE_DIRECTORY_ENDPOINTS } from '../wire/resource-directory.ts';
import { STS_ENDPOINTS } from '../wire/sts.ts';
import { problem, Stop } from './stop.ts';
import { type EmulatorHere, Surroundings } from './surroundings.ts';

export type Site = 'china' | 'international';

export interface ConnectionSettings {
  /** A state file: an emulator in this process in place of the cloud. */
  readonly emulate: string | undefined;
  /** Of several directories in the state file, the one to act in; left out or not there: the first. */
  readonly emulatedDirectory?: string | undefined;
  readonly site: Site;
  readonly directoryEndpoint: string | undefined;
  readonly configEndpoint: string | undefined;
  readonly stsEndpoint?: string | undefined;
  readonly profile: string | undefined;
  /** A role to assume with the credentials of the environment. */
  readonly roleArn?: string | undefined;
  /** For one call, to the last byte of its answer. */
  readonly callTimeoutMs: number;
  /** Read e-mail addresses and phone numbers of contacts, too. */
  readonly personalData?: boolean | undefined;
}

export interface Connection {
  readonly reader: CloudReader;
  readonly openWriter: () => CloudWriter;
  close(): Promise<void>;
}

/** Credentials and endpoints, resolved once, as one function that makes calls. */
export interface Line {
  readonly call: RpcCall;
  readonly credential: CloudCredential;
  readonly endpoints: Endpoints;
}

export interface Endpoints {
  readonly directory: URL;
  readonly config: URL;
  readonly sts: URL;
}

/** How it waits before it asks for a role again. */
export interface Waits {
  readonly clock: Clock;
  readonly random: Random;
  /** Cuts waits short. */
  readonly signal?: AbortSignal;
}

/**
 * Resolves credentials and endpoints once.
 * @param shared  of the run that the connection belongs to, which closes it; left out: the connection's own
 * @throws Stop when either is unusable
 */
export async function connect(
  settings: ConnectionSettings,
  waits: Waits,
  shared?: Surroundings,
): Promise<Connection> {
  const own = shared ?? new Surroundings();
  const close = async (): Promise<void> => {
    if (shared === undefined) await own.close();
  };
  try {
    const { call } = await openLine(settings, waits, own);
    const reader = createCloudReader(call, { personalData: settings.personalData ?? false });
    return { reader, openWriter: () => createCloudWriter(call), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws Stop when credentials or endpoints are unusable */
export async function openLine(
  settings: ConnectionSettings,
  waits: Waits,
  shared: Surroundings,
): Promise<Line> {
  try {
    const { emulate, emulatedDirectory } = settings;
    const emulator = emulate === undefined ? undefined : await shared.emulatorAt(emulate, emulatedDirectory);
    const endpoints = endpointsOf(settings, emulator);
    const credential = await credentialFor(settings, endpoints.sts, emulator, { shared, ...waits });
    const call = createRpcCall({
      directoryEndpoint: endpoints.directory,
      configEndpoint: endpoints.config,
      stsEndpoint: endpoints.sts,
      credential,
      timeouts: { callMs: settings.callTimeoutMs },
      clock: waits.clock,
    });
    return { call, credential, endpoints };
  } catch (error) {
    throw asStop(error);
  }
}

async function credentialFor(
  { profile, roleArn, callTimeoutMs: callMs }: ConnectionSettings,
  stsEndpoint: URL,
  emulator: EmulatorHere | undefined,
  { shared, ...waits }: Waits & { readonly shared: Surroundings },
): Promise<CloudCredential> {
  if (emulator !== undefined) return resolveCredential({ keys: emulator.keys });
  if (profile !== undefined) return resolveCredential({ profile });
  if (roleArn === undefined) return shared.ambientCredential();
  const { assumeRole } = await import('../cloud/assumed-role.ts');
  return assumeRole({ roleArn, stsEndpoint, callMs, source: () => shared.ambientCredential(), ...waits });
}

function endpointsOf(settings: ConnectionSettings, emulator: EmulatorHere | undefined): Endpoints {
  const { site, directoryEndpoint, configEndpoint, stsEndpoint } = settings;
  const url = emulator?.url;
  return {
    directory: endpoint(url ?? directoryEndpoint, RESOURCE_DIRECTORY_ENDPOINTS, site),
    config: endpoint(url ?? configEndpoint, CLOUD_CONFIG_ENDPOINTS, site),
    sts: endpoint(url ?? stsEndpoint, STS_ENDPOINTS, site),
  };
}

function endpoint(given: string | undefined, official: Readonly<Record<Site, string>>, site: Site): URL {
  const text = given ?? official[site];
  if (!URL.canParse(text))
    throw new EndpointError(`endpoint "${text}" is not a URL; write it as https://HOST`);
  return new URL(text);
}

function asStop(error: unknown): unknown {
  if (error instanceof CredentialsMissing)
    return new Stop(EXIT.configuration, 'failed', [problem('credentials-missing', error.message)]);
  if (error instanceof RoleRefused)
    return new Stop(EXIT.denied, 'failed', [problem('role-refused', error.message)]);
  if (error instanceof StsUnreachable)
    return new Stop(EXIT.unreadable, 'failed', [problem('cloud-unreadable', error.message)]);
  if (error instanceof EndpointError)
    return new Stop(EXIT.usage, 'failed', [problem('endpoint', error.message)]);
  return error;
}
