import { readFileSync } from 'node:fs';

const packageFile = new URL('../package.json', import.meta.url);

/** Name and version, as package.json has them. */
export const TOOL = JSON.parse(readFileSync(packageFile, 'utf8')) as {
  readonly name: string;
  readonly version: string;
};
