import type { RunningEmulator } from '../../src/emulator/server.ts';

/** Calls back once, as soon as a call of that kind has arrived, before it is answered. */
export function atFirst(
  emulator: RunningEmulator,
  isMeant: (call: { action: string }) => boolean,
  act: () => void,
): void {
  const { cloud: service } = emulator;
  const receive = service.receive.bind(service);
  let done = false;
  service.receive = (request) => {
    const delivery = receive(request);
    if (!done && isMeant(request)) {
      done = true;
      act();
    }
    return delivery;
  };
}
