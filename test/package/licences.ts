import { npm } from './support/npm.ts';

export interface Licence {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, or what stands in its place. */
  readonly licence: string;
}

interface Queried {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type?: string };
  /** The form of old packages. */
  readonly licenses?: readonly { readonly type?: string }[];
}

/** The licence of every package that comes with an installation for use, by name. */
export function productionLicences(): Licence[] {
  const found = JSON.parse(npm(['query', '.prod'])) as Queried[];
  return found
    .map(({ name, version, ...declared }) => ({ name, version, licence: licenceOf(declared) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
}

function licenceOf({ license, licenses = [] }: Pick<Queried, 'license' | 'licenses'>): string {
  if (typeof license === 'string') return license;
  const named = license?.type ?? licenses.map(({ type }) => type ?? '?').join(' OR ');
  return named === '' ? 'none' : named;
}
