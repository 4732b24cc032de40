import { describe, expect, it } from 'vitest';
import { Versioned } from '../../src/emulator/versioned.ts';

describe('a versioned value', () => {
  it('shows its present value at once when there is no delay', () => {
    const value = new Versioned('a', 0);
    value.set('b', 100);
    expect([value.present, value.visibleAt(100), value.visibleAt(0)]).toEqual(['b', 'b', 'b']);
  });

  it('shows each value from its instant plus the delay on', () => {
    const value = new Versioned('a', 50);
    value.set('b', 100);
    value.set('c', 120);
    const seen = [100, 149, 150, 169, 170].map((now) => value.visibleAt(now));
    expect(seen).toEqual(['a', 'a', 'b', 'b', 'c']);
    expect(value.present).toBe('c');
  });

  it('shows the oldest value it still has when the clock went back', () => {
    const value = new Versioned('a', 50);
    value.set('b', 100);
    value.set('c', 200);
    expect(value.visibleAt(0)).toBe('b');
  });
});
