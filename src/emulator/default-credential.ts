import type { EmulatedCredential } from './state.ts';

/**
 * The key pair of a state file that names none. It opens nothing but the emulator; whoever starts an emulator
 * in the same process (`--emulate`) signs with it.
 */
export const DEFAULT_CREDENTIAL: EmulatedCredential = {
  accessKeyId: 'EmulatorAccessKeyId',
  accessKeySecret: 'EmulatorAccessKeySecret',
  deny: [],
};
