import { readFile } from 'node:fs/promises';
import { createRpcCall } from '../cloud/client.ts';
import { createCloudReader } from '../cloud/cloud-reader.ts';
import { createCloudWriter } from '../cloud/cloud-writer.ts';
import { CredentialsMissing } from '../cloud/credential.ts';
import { resolveCredential } from '../cloud/credentials.ts';
import { EndpointError } from '../cloud/endpoint.ts';
import { DEFAULT_CREDENTIAL } from '../emulator/default-credential.ts';
import { type RunningEmulator, startEmulator } from '../emulator/server.ts';
import { readStates } from '../emulator/several-states.ts';
import type { EmulatorState } from '../emulator/state.ts';
import { stateTrouble } from '../emulator/state-trouble.ts';
import { EXIT } from '../model/exit-code.ts';
import type { Clock, CloudReader, CloudWriter } from '../model/ports.ts';
import { CLOUD_CONFIG_ENDPOINTS } from '../wire/cloud-config.ts';
import { RESOURCE_DIRECTORY_ENDPOINTS } from '../wire/resource-directory.ts';
import { problem, Stop } from './stop.ts';

export type Site = 'china' | 'international';

export interface ConnectionSettings {
  /** A state file: an emulator in this process in place of the cloud. */
  readonly emulate: string | undefined;
  /** Of several directories in the state file, the one to act in; left out or not there: the first. */
  readonly emulatedDirectory?: string | undefined;
  readonly site: Site;
  readonly directoryEndpoint: string | undefined;
  readonly configEndpoint: string | undefined;
  readonly profile: string | undefined;
  /** For one call, to the last byte of its answer. */
  readonly callTimeoutMs: number;
}

export interface Connection {
  readonly reader: CloudReader;
  readonly openWriter: () => CloudWriter;
  close(): Promise<void>;
}

/** Resolves credentials and endpoints once. @throws Stop when either is unusable */
export async function connect(settings: ConnectionSettings, clock: Clock): Promise<Connection> {
  try {
    const emulator =
      settings.emulate === undefined
        ? undefined
        : await startFrom(settings.emulate, settings.emulatedDirectory);
    const keys = emulator?.keys;
    const call = createRpcCall({
      directoryEndpoint: endpoint(
        emulator?.url ?? settings.directoryEndpoint,
        RESOURCE_DIRECTORY_ENDPOINTS,
        settings.site,
      ),
      configEndpoint: endpoint(
        emulator?.url ?? settings.configEndpoint,
        CLOUD_CONFIG_ENDPOINTS,
        settings.site,
      ),
      credential: await resolveCredential({ keys, profile: settings.profile }),
      timeouts: { callMs: settings.callTimeoutMs },
      clock,
    });
    return {
      reader: createCloudReader(call),
      openWriter: () => createCloudWriter(call),
      close: async () => emulator?.close(),
    };
  } catch (error) {
    throw asStop(error);
  }
}

interface EmulatorHere {
  readonly url: string;
  readonly keys: {
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly securityToken?: string;
  };
  readonly close: RunningEmulator['close'];
}

async function startFrom(path: string, directoryId: string | undefined): Promise<EmulatorHere> {
  const emulator = await startEmulator({ state: await readStatesFrom(path) });
  const held = emulator.keysOf(directoryId) ?? emulator.keysOf() ?? DEFAULT_CREDENTIAL;
  const { accessKeyId, accessKeySecret, securityToken } = held;
  const token = securityToken === undefined ? {} : { securityToken };
  const keys = { accessKeyId, accessKeySecret, ...token };
  return { url: emulator.url, keys, close: () => emulator.close() };
}

async function readStatesFrom(path: string): Promise<readonly EmulatorState[]> {
  try {
    return readStates(await readFile(path, 'utf8'));
  } catch (error) {
    const trouble = stateTrouble(path, error);
    if (trouble === undefined) throw error;
    const problems = trouble.map((line) => problem('emulator-state', line));
    throw new Stop(EXIT.usage, 'failed', problems);
  }
}

function endpoint(given: string | undefined, official: Readonly<Record<Site, string>>, site: Site): URL {
  const text = given ?? official[site];
  if (!URL.canParse(text))
    throw new EndpointError(`endpoint "${text}" is not a URL; write it as https://HOST`);
  return new URL(text);
}

function asStop(error: unknown): unknown {
  if (error instanceof CredentialsMissing) {
    return new Stop(EXIT.configuration, 'failed', [problem('credentials-missing', error.message)]);
  }
  if (error instanceof EndpointError) {
    return new Stop(EXIT.usage, 'failed', [problem('endpoint', error.message)]);
  }
  return error;
}
