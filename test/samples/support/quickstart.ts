import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readState } from '../../../src/emulator/state-file.ts';
import { ROOT } from './built.ts';

/** The folder samples/quickstart and its files. */
export const SAMPLE = join(ROOT, 'samples', 'quickstart');
export const CLOUD = join(SAMPLE, 'cloud.yaml');
export const MANIFESTS: readonly [yaml: string, csv: string] = [
  join(SAMPLE, 'manifest.yaml'),
  join(SAMPLE, 'manifest.csv'),
];

export interface Key {
  readonly id: string;
  readonly secret: string;
}

/** The keys that cloud.yaml has: of somebody who may write, and of somebody who may only read. */
export const OPERATOR: Key = keyNamed('QuickstartOperator');
export const READER: Key = keyNamed('QuickstartReader');

/** The environment in which the tool signs with a key. */
export const signingWith = ({ id, secret }: Key) => ({
  ALIBABA_CLOUD_ACCESS_KEY_ID: id,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
});

function keyNamed(id: string): Key {
  const { credentials } = readState(readFileSync(CLOUD, 'utf8'));
  const key = credentials.find(({ accessKeyId }) => accessKeyId === id);
  if (key === undefined) throw new Error(`cloud.yaml has no key ${id}`);
  return { id, secret: key.accessKeySecret };
}
