/** Exit codes, as the README lists them. Node's own code for a crash is 1. */
export const EXIT = {
  inSync: 0,
  changesPending: 2,
  notAllApplied: 3,
  refusedByGuard: 4,
  stalePlan: 5,
  usage: 64,
  manifest: 65,
  unreadable: 69,
  locked: 75,
  denied: 77,
  configuration: 78,
  sigint: 130,
  sigterm: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** For a run over several directories: the gravest first. Signals are graver than all but a defect. */
const GRAVITY: readonly number[] = [
  EXIT.sigterm,
  EXIT.sigint,
  EXIT.configuration,
  EXIT.usage,
  EXIT.denied,
  EXIT.unreadable,
  EXIT.locked,
  EXIT.manifest,
  EXIT.stalePlan,
  EXIT.refusedByGuard,
  EXIT.notAllApplied,
  EXIT.changesPending,
  EXIT.inSync,
];

/** A code that is not ours is that of a crash, and graver than all. */
export function gravest(codes: readonly number[]): number {
  const crash = codes.find((code) => !GRAVITY.includes(code));
  return crash ?? GRAVITY.find((code) => codes.includes(code)) ?? EXIT.inSync;
}
