import { describe, expect, it } from 'vitest';
import {
  type InstalledPackage,
  installScripts,
  type LockedPackage,
  lockedPackages,
  lockProblems,
  otherLicences,
  ownInstallScripts,
  type PackageFile,
  productionTree,
  readJson,
} from './production-tree.ts';

const INTEGRITY = 'sha512-AAAA';

const installed = (file: PackageFile, locked: LockedPackage = {}): readonly InstalledPackage[] => [
  { path: 'node_modules/some', locked, file },
];

describe('what is installed with the tool', () => {
  const tree = productionTree();

  it('has every direct dependency in it', () => {
    const { dependencies } = readJson('package.json') as { dependencies: Record<string, string> };
    const paths = tree.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(Object.keys(dependencies).map((name) => `node_modules/${name}`)),
    );
    expect(paths).not.toContain('node_modules/vitest');
  });

  it('stands under licences that allow its use', () => {
    expect(otherLicences(tree)).toEqual([]);
  });

  it('runs nothing at installation', () => {
    expect(installScripts(tree)).toEqual([]);
    expect(ownInstallScripts(readJson('package.json') as PackageFile)).toEqual([]);
  });

  it.each([
    [{ license: 'MIT' }, []],
    [{ license: 'GPL-3.0' }, ['node_modules/some: GPL-3.0']],
    [{ license: 'MIT OR GPL-3.0' }, ['node_modules/some: MIT OR GPL-3.0']],
    [{}, ['node_modules/some: undefined']],
  ])('a package that says %j of its licence is listed as %j', (file, listed) => {
    expect(otherLicences(installed(file))).toEqual(listed);
  });

  it.each([
    [{ scripts: { test: 'x', prepare: 'x' } }, {}, []],
    [{ scripts: { postinstall: 'x' } }, { hasInstallScript: true }, ['node_modules/some: postinstall']],
    [{ scripts: { preinstall: 'x' } }, {}, ['node_modules/some: preinstall']],
    [{}, { hasInstallScript: true }, ['node_modules/some: built at installation']],
  ])('a package with %j and %j in the lock file runs %j', (file, locked, listed) => {
    expect(installScripts(installed(file, locked))).toEqual(listed);
  });

  it.each(['preinstall', 'install', 'postinstall', 'prepare'])('the project itself has no %s', (name) => {
    expect(ownInstallScripts({ scripts: { [name]: 'x' } })).toEqual([name]);
  });
});

describe('the lock file', () => {
  it('has a checksum for every package and no address to fetch one from', () => {
    expect(lockedPackages().size).toBeGreaterThan(50);
    expect(lockProblems(lockedPackages())).toEqual([]);
  });

  it.each<[LockedPackage, string[]]>([
    [{ integrity: INTEGRITY }, []],
    [{}, ['some: no sha512 integrity']],
    [{ integrity: 'sha1-AAAA' }, ['some: no sha512 integrity']],
    [{ integrity: INTEGRITY, resolved: 'https://127.0.0.1/some.tgz' }, ['some: a download address']],
    [
      { integrity: INTEGRITY, optionalDependencies: { 'some-arm64': '1.0.0' } },
      ['some: some-arm64 is not in the lock file'],
    ],
  ])('with %j for a package is reported as %j', (locked, listed) => {
    expect(lockProblems(new Map([['some', locked]]))).toEqual(listed);
  });

  it('agrees with package.json, where versions are exact', () => {
    const { dependencies, devDependencies } = readJson('package.json') as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const written = Object.entries({ ...dependencies, ...devDependencies });
    const locked = lockedPackages();
    expect(written.map(([name]) => [name, locked.get(`node_modules/${name}`)?.version])).toEqual(written);
  });
});
