import type { ConnectionSettings, Site } from '../job/connect.ts';

/** The options that say where the cloud is, as the command line gives them: durations in milliseconds. */
export interface ConnectionOptions {
  readonly emulate?: string;
  readonly endpoint?: string;
  readonly directoryEndpoint?: string;
  readonly configEndpoint?: string;
  readonly site: Site;
  readonly profile?: string;
  readonly directoryId?: string;
  readonly callTimeout: number;
}

export function connectionSettings(options: ConnectionOptions): ConnectionSettings {
  return {
    emulate: options.emulate,
    site: options.site,
    directoryEndpoint: options.directoryEndpoint ?? options.endpoint,
    configEndpoint: options.configEndpoint ?? options.endpoint,
    profile: options.profile,
    callTimeoutMs: options.callTimeout,
  };
}
