import { existsSync, readFileSync } from 'node:fs';

/** What the lock file says of one installed package; only what is looked at here. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package's own description of itself; only what is looked at here. */
export interface PackageFile {
  readonly license?: unknown;
  readonly scripts?: Readonly<Record<string, string>>;
}

export interface InstalledPackage {
  /** Where it lies, from the root of the repository: `node_modules/NAME`. */
  readonly path: string;
  readonly locked: LockedPackage;
  readonly file: PackageFile;
}

const ALLOWED_LICENCES: readonly unknown[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  'Python-2.0',
];

/** npm runs these on the machine of whoever installs the package. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'] as const;

/** Every package that the lock file names, the root left out. */
export function lockedPackages(): ReadonlyMap<string, LockedPackage> {
  const { packages } = readJson('package-lock.json') as { packages: Record<string, LockedPackage> };
  return new Map(Object.entries(packages).filter(([path]) => path !== ''));
}

/** What comes along when the tool is installed, with what each package says of itself. */
export function productionTree(): readonly InstalledPackage[] {
  return [...lockedPackages()]
    .filter(([, { dev, devOptional }]) => dev !== true && devOptional !== true)
    .map(([path, locked]) => ({ path, locked, file: packageFile(path, locked) }));
}

/** Optional packages for other systems are not installed: the lock file speaks for them. */
function packageFile(path: string, locked: LockedPackage): PackageFile {
  const file = `${path}/package.json`;
  return existsSync(file) ? (readJson(file) as PackageFile) : { license: locked.license };
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** @returns `PATH: LICENCE` of each package under a licence that is not on the list */
export function otherLicences(packages: readonly InstalledPackage[]): readonly string[] {
  return packages
    .filter(({ file }) => !ALLOWED_LICENCES.includes(file.license))
    .map(({ path, file }) => `${path}: ${String(file.license)}`);
}

/** @returns `PATH: SCRIPT` of each script that would run at installation */
export function installScripts(packages: readonly InstalledPackage[]): readonly string[] {
  return packages.flatMap(({ path, locked, file }) => {
    // npm runs prepare for the package at hand only, not for those that come from a registry.
    const own = INSTALL_SCRIPTS.filter((name) => name !== 'prepare' && file.scripts?.[name] !== undefined);
    const native = locked.hasInstallScript === true && own.length === 0 ? ['built at installation'] : [];
    return [...own, ...native].map((script) => `${path}: ${script}`);
  });
}

/** @returns the scripts of the project itself that would run where it is installed */
export function ownInstallScripts(file: PackageFile): readonly string[] {
  return INSTALL_SCRIPTS.filter((name) => file.scripts?.[name] !== undefined);
}

/** @returns `PATH: what is wrong` of each entry that could be exchanged unseen, or that `npm ci` stumbles over */
export function lockProblems(packages: ReadonlyMap<string, LockedPackage>): readonly string[] {
  return [...packages].flatMap(([path, { integrity, resolved, optionalDependencies = {} }]) => [
    ...(integrity?.startsWith('sha512-') === true ? [] : [`${path}: no sha512 integrity`]),
    ...(resolved === undefined ? [] : [`${path}: a download address`]),
    // Builds for other systems: a lock file that was made without them is refused by npm ci on every system.
    ...Object.keys(optionalDependencies)
      .filter(
        (name) => !packages.has(`node_modules/${name}`) && !packages.has(`${path}/node_modules/${name}`),
      )
      .map((name) => `${path}: ${name} is not in the lock file`),
  ]);
}
