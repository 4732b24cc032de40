import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { ACCOUNTS, DRIFT_MANIFEST, FINANCE, OPS, smallState } from '../../support/processes.ts';

/** What is wrong with one directory of a fleet, and what it must come to. */
export interface Breakage {
  readonly exitCode: number;
  /** Of its first problem, or of its first guard reason; undefined where the outcome of a change says it. */
  readonly says?: string;
  readonly state?: Readonly<Record<string, unknown>>;
  readonly target?: Readonly<Record<string, unknown>>;
  readonly manifest?: string;
  /** Of the key that the tool signs with, in place of the right one. */
  readonly secret?: string;
}

export interface Fleet {
  /** A state file of several directories. */
  readonly state: { readonly directories: readonly Record<string, unknown>[] };
  readonly names: readonly string[];
}

export const directoryId = (index: number): string => `rd-Fleet${String(index).padStart(4, '0')}`;
export const nameOf = (index: number): string => `group-${String(index).padStart(3, '0')}`;
const keyOf = (index: number): string => `LTAIfleet${String(index).padStart(7, '0')}`;
const secretOf = (index: number): string => `fleet-secret-${index}`;

/**
 * Writes a job over that many directories into a folder: job.yaml, manifests, and profiles in its home.
 * @param broken  by index
 */
export function layFleet(
  folder: string,
  size: number,
  broken: ReadonlyMap<number, Breakage>,
  job: Readonly<Record<string, unknown>> = {},
): Fleet {
  const indices = Array.from({ length: size }, (_, index) => index);
  mkdirSync(join(folder, 'home', '.aliyun'), { recursive: true });
  mkdirSync(join(folder, 'manifests'), { recursive: true });
  for (const index of indices) {
    writeFileSync(join(folder, manifestOf(index)), broken.get(index)?.manifest ?? DRIFT_MANIFEST);
  }
  const profiles = indices.map((index) => profile(index, broken.get(index)?.secret));
  writeFileSync(join(folder, 'home', '.aliyun', 'config.json'), JSON.stringify({ current: '', profiles }));
  const targets = indices.map((index) => ({
    name: nameOf(index),
    directory: directoryId(index),
    profile: nameOf(index),
    manifest: [manifestOf(index)],
    ...broken.get(index)?.target,
  }));
  writeFileSync(join(folder, 'job.yaml'), dump({ version: 1, mode: 'apply', ...job, targets }));
  return {
    state: { directories: indices.map((index) => directory(index, broken.get(index)?.state)) },
    names: indices.map(nameOf),
  };
}

const manifestOf = (index: number): string => join('manifests', `${nameOf(index)}.yaml`);

function profile(index: number, secret = secretOf(index)) {
  return {
    name: nameOf(index),
    mode: 'AK',
    access_key_id: keyOf(index),
    access_key_secret: secret,
    region_id: 'cn-hangzhou',
  };
}

function directory(index: number, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const id = directoryId(index);
  return smallState({
    directory: {
      id,
      rootFolderId: `r-Fl${String(index).padStart(4, '0')}`,
      managementAccount: { id: '1738084522670000', name: `Holding ${index}` },
    },
    contacts: [
      { id: OPS, name: 'Operations', members: ACCOUNTS.slice(0, 2) },
      { id: FINANCE, name: 'Finance', members: [id] },
    ],
    credentials: [{ accessKeyId: keyOf(index), accessKeySecret: secretOf(index) }],
    ...changes,
  });
}
