import type { EmulatedCredential, EmulatorState } from './state.ts';

/** An access key that is known to the process, and where it acts. */
export interface HeldKey {
  readonly credential: EmulatedCredential;
  /** The resource directory in which its calls are answered. */
  readonly directoryId: string;
  /** Milliseconds since 1970; undefined: never. */
  readonly expiresAt?: number | undefined;
  /** Of a key that was handed out: the account and name of its role, and the name of the session. */
  readonly session?: { readonly account: string; readonly role: string; readonly name: string } | undefined;
}

type KeyOwner = Pick<EmulatorState, 'directory' | 'credentials' | 'roles'>;

/** Every access key of one process: those of its directories' states, and those handed out for a role since. */
export class KeyRing {
  readonly #owners: readonly KeyOwner[];
  readonly #written = new Map<string, HeldKey>();
  readonly #handedOut = new Map<string, HeldKey>();

  /** @param owners  no access key id stands in two of them */
  constructor(owners: readonly KeyOwner[]) {
    this.#owners = owners;
    for (const { directory, credentials } of owners) {
      for (const credential of credentials) {
        this.#written.set(credential.accessKeyId, { credential, directoryId: directory.id });
      }
    }
  }

  /** Also a key that has expired: the services tell it from one they never saw. */
  find(accessKeyId: string): HeldKey | undefined {
    return this.#written.get(accessKeyId) ?? this.#handedOut.get(accessKeyId);
  }

  /** The directory whose state has that role. */
  directoryOfRole(arn: string): string | undefined {
    return this.#owners.find(({ roles }) => roles.some((role) => role.arn === arn))?.directory.id;
  }

  /** Makes a temporary key known. One that expired long before it is forgotten. */
  handOut(key: HeldKey & { readonly expiresAt: number }): void {
    for (const [id, { expiresAt = 0 }] of this.#handedOut) {
      if (expiresAt < key.expiresAt - EXPIRED_FOR_MS) this.#handedOut.delete(id);
    }
    this.#handedOut.set(key.credential.accessKeyId, key);
  }

  /** Forgets what was handed out. */
  reset(): void {
    this.#handedOut.clear();
  }
}

/** A session lasts 12 hours at most, so a key is known as expired for some time after. */
const EXPIRED_FOR_MS = 24 * 60 * 60 * 1000;
