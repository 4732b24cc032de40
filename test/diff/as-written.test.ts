import { describe, expect, it } from 'vitest';
import { asWritten } from '../../src/diff/as-written.ts';
import { diff } from '../../src/diff/diff.ts';
import {
  actual,
  addAccount,
  aggregator,
  bind,
  changed,
  contact,
  desired,
  removeAccount,
  source,
  unbind,
  wantedAggregator,
  wantedContact,
} from '../support/world.ts';

const WANTED = desired({
  contacts: [wantedContact('c-ops', { present: [1, 2], absent: [3, 4] })],
  aggregators: [wantedAggregator('ca-pci', { present: [5, 6], absent: [7, 8] })],
});
const NOW = actual({
  accounts: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  contacts: [contact('c-ops', [1, 3, 9]), contact('c-other', [2])],
  aggregators: [aggregator('ca-pci', [5, 7, 9])],
});

describe('what is as written', () => {
  it('is what is there and written, and what is not there and written as absent, each with its line', () => {
    expect(asWritten(WANTED, NOW)).toEqual([
      bind('c-ops', 1, source(1)),
      unbind('c-ops', 4, source(2)),
      addAccount('ca-pci', 5, source(1)),
      removeAccount('ca-pci', 8, source(2)),
    ]);
  });

  it('is every line once the plan is carried out, and never what the plan changes', () => {
    const { changes } = diff(WANTED, NOW);
    const planned = new Set(changes.map(({ id }) => id));
    expect(asWritten(WANTED, NOW).filter(({ id }) => planned.has(id))).toEqual([]);
    expect(asWritten(WANTED, changed(NOW, changes))).toHaveLength(8);
  });

  it('is nothing where contacts were not read', () => {
    expect(asWritten(WANTED, actual({ contacts: null }))).toEqual([]);
  });
});
