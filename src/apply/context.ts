import { describeHalt, type HaltSwitch } from '../model/halt.ts';
import type { JobEvent } from '../model/job-event.ts';
import type { Clock, CloudWriter, PacedCall, StateReader, WriteJournal } from '../model/ports.ts';
import { isOpen, type WriteWindow } from '../model/write-window.ts';
import type { Ledger } from './ledger.ts';
import type { LiveAccounts } from './live-accounts.ts';

export interface ApplySettings {
  /** How long a write whose answer never came may still take effect, and how long readings may lag. */
  readonly settleMs: number;
  readonly accountsPerAggregator: number;
  /** Between two writes; left out: none. */
  readonly pauseMs?: number | undefined;
  /** No write starts outside of it; left out: at any time. */
  readonly window?: WriteWindow | undefined;
}

/** Whatever applying a plan needs of the world. */
export interface ApplyPorts {
  readonly writer: CloudWriter;
  readonly state: StateReader;
  readonly call: PacedCall;
  readonly journal: WriteJournal;
  readonly clock: Clock;
  /** ASCII, at most 64 characters, never the same twice. */
  readonly newToken: () => string;
  readonly halt: HaltSwitch;
  readonly emit: (event: JobEvent) => void;
}

export interface ApplyContext extends ApplyPorts {
  readonly settings: ApplySettings;
  readonly ledger: Ledger;
  readonly accounts: LiveAccounts;
}

/** Why no write can start any more; undefined where one can. */
export function whyClosed({ halt, clock, settings: { window } }: ApplyContext): string | undefined {
  if (halt.reason !== undefined) return describeHalt(halt.reason);
  const open = window === undefined || isOpen(window, clock.now());
  return open ? undefined : describeHalt({ kind: 'window', window });
}
