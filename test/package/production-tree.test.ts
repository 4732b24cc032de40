import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ROOT } from '../samples/support/built.ts';
import { productionLicences } from './licences.ts';
import { lockedForProduction, npm } from './support/npm.ts';

vi.setConfig({ testTimeout: 60_000 });

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Record<string, string>;
  readonly scripts: Record<string, string>;
};
const locked = lockedForProduction();

/** Licences that allow use and passing on, and ask for nothing but their text. */
const ALLOWED = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'MIT-0',
  'BlueOak-1.0.0',
  'Python-2.0',
  'PSF-2.0',
];

/** More than this many packages is a reason to look at what a new one brings along. */
const MOST_PACKAGES = 90;

describe('what an installation brings along', () => {
  it('has the listed dependencies in fixed versions, and not many more', () => {
    expect(Object.values(manifest.dependencies).filter((range) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual(
      [],
    );
    for (const [name, version] of Object.entries(manifest.dependencies))
      expect(locked).toContainEqual({ name, version, hasInstallScript: false });
    expect(locked.length).toBeLessThanOrEqual(MOST_PACKAGES);
  });

  it('runs no script when it is installed', () => {
    expect(locked.filter(({ hasInstallScript }) => hasInstallScript)).toEqual([]);
    const own = Object.keys(manifest.scripts).filter((name) =>
      /^(?:pre|post)?(?:install|prepare)$/.test(name),
    );
    expect(own).toEqual([]);
  });

  it('has licences of the allowed list alone, for every package', () => {
    const licences = productionLicences();
    const named = new Set(licences.map(({ name, version }) => `${name}@${version}`));
    expect(locked.map(({ name, version }) => `${name}@${version}`).filter((one) => !named.has(one))).toEqual(
      [],
    );
    expect(licences.filter(({ licence }) => !ALLOWED.includes(licence))).toEqual([]);
  });

  it('is listed by npm run licences, a line a package', () => {
    const lines = npm(['run', '--silent', 'licences']).trimEnd().split('\n');
    expect(lines).toContain(`commander ${manifest.dependencies['commander']} MIT`);
    expect(lines.filter((line) => !/^\S+ \d+\.\d+\.\d+\S* \S.*$/.test(line))).toEqual([]);
  });

  it('is named by the SBOM in CycloneDX, package for package', () => {
    const bom = JSON.parse(npm(['run', '--silent', 'sbom'])) as {
      bomFormat: string;
      specVersion: string;
      metadata: { component: { name: string; version: string; purl: string } };
      components: { name: string; group?: string; version: string; purl: string }[];
      dependencies: { ref: string; dependsOn: string[] }[];
    };
    expect(bom.bomFormat).toBe('CycloneDX');
    expect(bom.metadata.component).toMatchObject({
      name: manifest.name,
      version: manifest.version,
      purl: `pkg:npm/${manifest.name}@${manifest.version}`,
    });
    const named = bom.components.map(({ name, version }) => `${name}@${version}`).sort();
    const expected = [...new Set(locked.map(({ name, version }) => `${name}@${version}`))].sort();
    expect([...new Set(named)]).toEqual(expected);
    expect(bom.components.filter(({ purl }) => !purl.startsWith('pkg:npm/'))).toEqual([]);
    const root = bom.dependencies.find(({ ref }) => ref.startsWith(`${manifest.name}@`));
    expect(root?.dependsOn).toHaveLength(Object.keys(manifest.dependencies).length);
  });
});
