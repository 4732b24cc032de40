import type { EmulatedCloud } from '../../../src/emulator/emulated-cloud.ts';

/** Looks after every call whether some account that has a contact before and after has none in between. */
export class CoverageWatch {
  readonly violations: string[] = [];
  readonly #cloud: EmulatedCloud;
  readonly #keeps: readonly string[];

  /** @param wanted  the accounts that have a contact when all is done */
  constructor(cloud: EmulatedCloud, wanted: ReadonlySet<string>) {
    this.#cloud = cloud;
    this.#keeps = [...this.#covered()].filter((id) => wanted.has(id));
  }

  look(): void {
    const covered = this.#covered();
    const left = this.#keeps.filter((id) => !covered.has(id));
    if (left.length > 0) this.violations.push(`no contact reaches ${left.join(' ')}`);
  }

  #covered(): Set<string> {
    return new Set(this.#cloud.snapshot().contacts.flatMap(({ members }) => members));
  }
}
