import { describeHalt, HaltedError, type HaltSwitch } from '../model/halt.ts';
import type { JobEvent } from '../model/job-event.ts';
import type { CallDescription, Clock } from '../model/ports.ts';
import { isOpen, type WriteWindow } from '../model/write-window.ts';
import type { CallSlot } from './call-slots.ts';
import type { Lane } from './lane.ts';
import { WritePause } from './write-pause.ts';

export interface GateEffects {
  readonly clock: Clock;
  readonly halt: HaltSwitch;
  readonly emit: (event: JobEvent) => void;
}

/** Whether a call may leave: the halt of the job, the window and the pause for writes, the rate, and a free slot. */
export class CallGate {
  readonly pause: WritePause;
  readonly #window: WriteWindow | undefined;
  readonly #effects: GateEffects;
  #toldOfWindow = false;

  /** @param pauseMs  0 for none */
  constructor(pauseMs: number, window: WriteWindow | undefined, effects: GateEffects) {
    this.pause = new WritePause(pauseMs, effects.clock);
    this.#window = window;
    this.#effects = effects;
  }

  /**
   * Until rate and pause allow it and there is a slot, all at once: while it waits for one of them, the others may
   * change. The slot is taken then, and the start is booked. @throws HaltedError
   */
  async untilMayLeave(call: CallDescription, lane: Lane, slot: CallSlot): Promise<void> {
    const mayLeave = (): boolean => lane.isDue() && this.pause.leftFor(call) <= 0;
    do {
      if (!mayLeave()) slot.free();
      this.stopUnlessOpen(call);
      await lane.due(this.#effects.halt.signal);
      this.stopUnlessOpen(call);
      await this.waitForPause(call);
      await slot.take();
      this.stopUnlessOpen(call);
    } while (!mayLeave());
    lane.book();
  }

  /** @throws HaltedError where the pause ends outside of the window */
  async waitForPause(call: CallDescription): Promise<void> {
    const { clock, halt, emit } = this.#effects;
    // Again, because a write that did not wait may have come in between.
    for (let ms = this.pause.leftFor(call); ms > 0; ms = this.pause.leftFor(call)) {
      if (halt.reason !== undefined) return;
      this.#stopIfClosed(call, clock.now() + ms);
      emit({ type: 'pause', ms });
      await clock.sleep(ms, halt.signal);
    }
  }

  /** @throws HaltedError */
  stopIfHalted(): void {
    const { halt } = this.#effects;
    if (halt.reason !== undefined) throw new HaltedError(halt.reason);
  }

  /** @throws HaltedError */
  stopUnlessOpen(call: CallDescription): void {
    this.stopIfHalted();
    this.#stopIfClosed(call, this.#effects.clock.now());
  }

  /** Reads are free at any time. */
  #stopIfClosed({ lane, makesGood }: CallDescription, at: number): void {
    const window = this.#window;
    if (window === undefined || lane === 'read' || makesGood === true || isOpen(window, at)) return;
    const reason = { kind: 'window', window } as const;
    if (!this.#toldOfWindow) this.#effects.emit({ type: 'halt', reason: describeHalt(reason) });
    this.#toldOfWindow = true;
    throw new HaltedError(reason);
  }
}
