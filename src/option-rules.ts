import type { Command } from 'commander';

/** Options of {@link addConnection} that say where a service is, and as whom it is called. */
const CLOUD = {
  endpoint: '--endpoint',
  directoryEndpoint: '--directory-endpoint',
  configEndpoint: '--config-endpoint',
  stsEndpoint: '--sts-endpoint',
  profile: '--profile',
} as const;

/** Options of {@link addConfinement}. */
const CONFINING = { contact: '--contact', aggregator: '--aggregator', member: '--member' } as const;

/** Ends the command (usage) where an endpoint or a profile stands beside an emulator of its own, which is used with keys of its own. */
export function refuseEndpointBesideEmulator(command: Command): void {
  const flags = givenOf(command, CLOUD);
  if (flags.length === 0 || command.getOptionValue('emulate') === undefined) return;
  const list = flags.join(' and ');
  command.error(
    `error: --emulate is an emulator of its own, and ${list} would not be used; drop ${list}, or --emulate`,
  );
}

/** Ends the command (usage) where a plan is to be confined and there is none. */
export function refuseConfinementWithoutManifest(command: Command, files: readonly string[]): void {
  const flags = givenOf(command, CONFINING);
  if (flags.length === 0 || files.length > 0) return;
  const list = flags.join(' and ');
  command.error(
    `error: ${list} would confine the plan of a manifest, and none is named; name a FILE, or drop ${list}`,
  );
}

function givenOf(command: Command, flags: Readonly<Record<string, string>>): string[] {
  return Object.entries(flags).flatMap(([key, flag]) =>
    command.getOptionValueSource(key) === 'cli' ? [flag] : [],
  );
}
