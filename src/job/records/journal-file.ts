import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActualState } from '../../model/actual-state.ts';
import type { Plan } from '../../model/plan.ts';
import type { Clock, IntendedCall, SettledCall, WriteJournal } from '../../model/ports.ts';
import type { TargetResult } from '../../model/target-result.ts';
import { makeFolder } from '../files/make-folder.ts';
import type { JournalLine } from './journal-line.ts';

export interface JournalHead {
  readonly runId: string;
  readonly startedAt: number;
  readonly targetName: string;
  readonly manifest: TargetResult['manifest'];
}

/** A journal of one run in one directory: a line of JSON for everything, on disk before the next step is taken. */
export class JournalFile implements WriteJournal {
  readonly #path: string;
  #fd: number;
  readonly #clock: Clock;
  #calls = 0;
  /** A full disk may have taken half a line; the next one begins on a line of its own. */
  #torn = false;

  /** @throws when the file exists already or cannot be written: then nothing may be sent */
  constructor(folder: string, head: JournalHead, plan: Plan, actual: ActualState, clock: Clock) {
    makeFolder(folder);
    this.#path = join(folder, `${head.runId}.jsonl`);
    this.#fd = openSync(this.#path, 'wx', 0o600);
    this.#clock = clock;
    const { id: directoryId, rootFolderId, managementAccountId } = actual.directory;
    try {
      this.#append({ line: 'run', ...head, directoryId, rootFolderId, managementAccountId, plan });
    } catch (error) {
      this.close();
      throw error;
    }
  }

  intend(call: IntendedCall): number {
    this.#calls += 1;
    this.#append({ line: 'intent', call: this.#calls, at: this.#clock.now(), ...call });
    return this.#calls;
  }

  settle(call: number, result: SettledCall): void {
    this.#append({ line: 'settled', call, at: this.#clock.now(), ...result });
  }

  /** No more writes. It may be long until the end: a run over many directories keeps no file open for each. */
  close(): void {
    closeSync(this.#fd);
  }

  /** The run has written its report: nothing needs to be recovered from here. After {@link close}. */
  end(exitCode: number, settled: boolean): void {
    this.#fd = openSync(this.#path, 'a', 0o600);
    try {
      this.#append({ line: 'end', at: this.#clock.now(), exitCode, settled });
    } finally {
      this.close();
    }
  }

  #append(line: JournalLine): void {
    const text = `${this.#torn ? '\n' : ''}${JSON.stringify(line)}\n`;
    this.#torn = true;
    // All of it or an error: a plain write to a disk that is nearly full says how much it took, and nothing else.
    writeFileSync(this.#fd, text);
    fsyncSync(this.#fd);
    this.#torn = false;
  }
}
