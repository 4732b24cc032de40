import type { Behaviour } from './state.ts';

/** The lock of Resource Directory writes: one write holds it for a while, others are refused meanwhile. */
export class WriteLock {
  readonly #scope: Behaviour['lockScope'];
  readonly #holdMs: number;
  readonly #heldUntil = new Map<string, number>();

  constructor({ lockScope, lockMs }: Pick<Behaviour, 'lockScope' | 'lockMs'>) {
    this.#scope = lockScope;
    this.#holdMs = lockMs;
  }

  isHeld(contactId: string, now: number): boolean {
    return now < (this.#heldUntil.get(this.#key(contactId)) ?? 0);
  }

  take(contactId: string, now: number): void {
    if (this.#scope !== 'none') this.#heldUntil.set(this.#key(contactId), now + this.#holdMs);
  }

  #key(contactId: string): string {
    return this.#scope === 'contact' ? contactId : '';
  }
}
