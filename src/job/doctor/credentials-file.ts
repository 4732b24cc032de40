import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The files of the official tools, by the word for them in the name of a credential's source. */
const FILES: ReadonlyMap<string, string> = new Map([
  ['cli_profile', join('.aliyun', 'config.json')],
  ['profile', join('.alibabacloud', 'credentials')],
]);

const FOR_OTHERS = 0o077;

/** The file that a key was read from, where others than its owner may read it. @param source  `default/profile/static_ak` */
export function fileReadableByOthers(source: string): string | undefined {
  const name = source.split('/').find((word) => FILES.has(word));
  const path = name && join(homedir(), FILES.get(name) ?? '');
  const mode = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.mode;
  return mode !== undefined && (mode & FOR_OTHERS) !== 0 ? path : undefined;
}
