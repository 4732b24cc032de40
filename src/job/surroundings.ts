import type { CloudCredential } from '../cloud/credential.ts';
import { resolveCredential } from '../cloud/credentials.ts';
import { DEFAULT_CREDENTIAL } from '../emulator/default-credential.ts';
import type { RunningEmulator } from '../emulator/server.ts';

/** An emulator in this process, and a key to it. */
export interface EmulatorHere {
  readonly url: string;
  readonly keys: {
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly securityToken?: string;
  };
}

/** What the targets of one run share: credentials of the environment, and emulators. Each is made when first asked for. */
export class Surroundings {
  readonly #emulators = new Map<string, Promise<RunningEmulator>>();
  #ambient: Promise<CloudCredential> | undefined;

  /** Of the official default chain, asked once a run. @throws CredentialsMissing */
  ambientCredential(): Promise<CloudCredential> {
    this.#ambient ??= resolveCredential();
    return this.#ambient;
  }

  /**
   * @param directoryId  which of several directories; left out, or not there: the first
   * @throws Stop (usage) when the state file is not right
   */
  async emulatorAt(path: string, directoryId: string | undefined): Promise<EmulatorHere> {
    const emulator = await this.#start(path);
    const held = emulator.keysOf(directoryId) ?? emulator.keysOf() ?? DEFAULT_CREDENTIAL;
    const { accessKeyId, accessKeySecret, securityToken } = held;
    const token = securityToken === undefined ? {} : { securityToken };
    return { url: emulator.url, keys: { accessKeyId, accessKeySecret, ...token } };
  }

  async close(): Promise<void> {
    for (const starting of this.#emulators.values()) {
      const emulator = await starting.catch(() => undefined);
      await emulator?.close();
    }
  }

  #start(path: string): Promise<RunningEmulator> {
    const known = this.#emulators.get(path);
    if (known !== undefined) return known;
    const starting = import('./emulator-of-file.ts').then(({ emulatorOfFile }) => emulatorOfFile(path));
    this.#emulators.set(path, starting);
    return starting;
  }
}
