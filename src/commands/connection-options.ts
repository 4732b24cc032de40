import { isLoopback } from '../cloud/endpoint.ts';
import type { ConnectionSettings, Site } from '../job/connect.ts';

/** The options that say where the cloud is, as the command line gives them: durations in milliseconds. */
export interface ConnectionOptions {
  readonly emulate?: string;
  readonly endpoint?: string;
  readonly directoryEndpoint?: string;
  readonly configEndpoint?: string;
  readonly site: Site;
  readonly profile?: string;
  /** Of a job file: the role to assume with the ambient credentials. */
  readonly roleArn?: string;
  readonly stsEndpoint?: string;
  readonly directoryId?: string;
  readonly callTimeout: number;
  readonly showPersonalData?: boolean;
}

export function connectionSettings(options: ConnectionOptions): ConnectionSettings {
  return {
    emulate: options.emulate,
    emulatedDirectory: options.directoryId,
    site: options.site,
    directoryEndpoint: options.directoryEndpoint ?? options.endpoint,
    configEndpoint: options.configEndpoint ?? options.endpoint,
    stsEndpoint: options.stsEndpoint ?? onThisMachine(options.endpoint),
    profile: options.profile,
    roleArn: options.roleArn,
    callTimeoutMs: options.callTimeout,
    personalData: options.showPersonalData,
  };
}

/** An emulator serves every service on its one port; the endpoint of a real service serves that service alone. */
const onThisMachine = (endpoint: string | undefined): string | undefined =>
  endpoint !== undefined && URL.canParse(endpoint) && isLoopback(new URL(endpoint)) ? endpoint : undefined;
