import { getCallerIdentity } from '../../cloud/caller-identity.ts';
import { createCloudReader } from '../../cloud/cloud-reader.ts';
import { proxyHostFor } from '../../cloud/proxy.ts';
import type { RpcRequest } from '../../cloud/rpc-call.ts';
import type { Directory } from '../../model/actual-state.ts';
import { EXIT, gravest } from '../../model/exit-code.ts';
import { HaltSwitch } from '../../model/halt.ts';
import type { Clock, CloudReader } from '../../model/ports.ts';
import type { DiagnosedQuota, Diagnosis } from '../../report/diagnosis.ts';
import { maskPersonalData } from '../../report/personal-data.ts';
import { displayText } from '../../report/scrub.ts';
import { MAX_PAGE_SIZE } from '../../wire/resource-directory.ts';
import { type ConnectionSettings, type Endpoints, type Line, openLine } from '../connect.ts';
import { Stop } from '../stop.ts';
import type { Surroundings } from '../surroundings.ts';
import { fileReadableByOthers } from './credentials-file.ts';
import { diagnose } from './diagnose.ts';
import { listByToken, listNumbered, unreadIn } from './listing.ts';
import { Probe, permissionsIn } from './probe.ts';
import { directoryQuotas } from './quotas.ts';

export interface DoctorSettings {
  readonly connection: ConnectionSettings;
  /** The directory that the credentials should belong to, where that is said. */
  readonly directoryId: string | undefined;
  readonly limits: { readonly targetsPerContact: number; readonly accountsPerAggregator: number };
}

/**
 * Looks at everything a run needs, with reads only, each page once. It never throws for what it is to find.
 * @throws HaltedError before the first call after the switch was thrown
 */
export async function examine(
  settings: DoctorSettings,
  clock: Clock,
  surroundings: Surroundings,
  halt = new HaltSwitch(),
): Promise<Diagnosis> {
  let line: Line;
  try {
    line = await openLine(
      settings.connection,
      { clock, random: Math.random, signal: halt.signal },
      surroundings,
    );
  } catch (error) {
    if (error instanceof Stop) return withoutLine(error);
    throw error;
  }
  const probe = new Probe(line.call, clock, halt);
  const reader = createCloudReader(probe.call);
  const identity = await probe.try(() => getCallerIdentity(probe.call));
  const directory = await probe.try(() => reader.getDirectory());
  const { quotas, unread } = await readAround(probe, reader, directory, settings);
  const credential = await credentialOf(line);
  const { problems, exitCode } = diagnose(probe.tried, {
    directoryId: directory?.id,
    expectedId: settings.directoryId,
    openFile: fileReadableByOthers(credential.source),
    quotas,
    unread,
  });
  return {
    exitCode,
    credential,
    identity:
      identity === undefined ? null : { ...identity, arn: displayText(maskPersonalData(identity.arn)) },
    directory:
      directory === undefined
        ? null
        : { id: directory.id, managementAccountId: directory.managementAccountId },
    endpoints: endpointsOf(line.endpoints, probe),
    permissions: permissionsIn(probe.tried),
    clockSkewMs: skewOf(probe),
    quotas,
    problems,
  };
}

const PAGE = { pageNumber: 1, pageSize: MAX_PAGE_SIZE };

interface Filling {
  readonly quotas: readonly DiagnosedQuota[];
  /** Listings that were not read to their end, in words. */
  readonly unread: readonly string[];
}

/**
 * All contacts and account groups, the first page of the others, and one thing out of each, so that every reading that
 * a plan needs was tried once.
 */
async function readAround(
  probe: Probe,
  reader: CloudReader,
  directory: Directory | undefined,
  { limits }: DoctorSettings,
): Promise<Filling> {
  await probe.try(() => reader.listAccounts({ ...PAGE, pageSize: 1 }, { includeTags: false }));
  const contacts = directory && (await readDirectory(probe, reader, directory));
  const groups = await listByToken((token) => probe.try(() => reader.listAggregators(token)));
  const [group] = groups?.items ?? [];
  if (group !== undefined) await probe.try(() => reader.getAggregator(group.id));
  return {
    quotas: directoryQuotas(contacts, groups?.items ?? [], limits),
    unread: [...unreadIn('contacts', contacts), ...unreadIn('account groups', groups)],
  };
}

async function readDirectory(probe: Probe, reader: CloudReader, directory: Directory) {
  const folders = await probe.try(() => reader.listFolders(directory.rootFolderId, PAGE));
  const [folder] = folders?.items ?? [];
  if (folder !== undefined) await probe.try(() => reader.getFolder(folder.id));
  const contacts = await listNumbered((page) => probe.try(() => reader.listContacts(page, directory)));
  const [contact] = contacts?.items ?? [];
  if (contact !== undefined) await probe.try(() => reader.getContact(contact.id, directory));
  return contacts;
}

async function credentialOf({ credential }: Line): Promise<NonNullable<Diagnosis['credential']>> {
  const { accessKeyId, securityToken, providerName } = await credential.accessKey();
  return { source: providerName, accessKeyId: maskKey(accessKeyId), temporary: Boolean(securityToken) };
}

/** `LTAI****abcd`: enough to tell keys apart. */
export const maskKey = (id: string): string =>
  id.length < 12 ? '****' : `${id.slice(0, 4)}****${id.slice(-4)}`;

const SERVICES = ['directory', 'config', 'sts'] as const satisfies readonly RpcRequest['service'][];

function endpointsOf(endpoints: Endpoints, probe: Probe): Diagnosis['endpoints'] {
  return SERVICES.map((service) => {
    const { host, href } = endpoints[service];
    const times = probe.answered(service).map(({ elapsedMs }) => elapsedMs);
    return {
      service,
      host,
      proxy: proxyHostFor(href) ?? null,
      reachable: times.length > 0,
      latencyMs: times.length > 0 ? Math.min(...times) : null,
    };
  });
}

/** Of the answer that was quickest: the least is unknown about when it was dated. */
function skewOf({ tried }: Probe): number | null {
  const dated = tried.filter(({ skewMs }) => skewMs !== undefined);
  const quickest = dated.toSorted((a, b) => a.elapsedMs - b.elapsedMs)[0];
  return quickest?.skewMs === undefined ? null : Math.round(quickest.skewMs / 1000) * 1000;
}

function withoutLine({ exitCode, problems }: Stop): Diagnosis {
  return {
    exitCode: gravest([exitCode, EXIT.inSync]),
    credential: null,
    identity: null,
    directory: null,
    endpoints: [],
    permissions: [],
    clockSkewMs: null,
    quotas: [],
    problems: problems.map(({ severity, code, message }) => ({ severity, code, message })),
  };
}
