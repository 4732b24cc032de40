import { type Directory, range } from './emulated-directory.ts';

/**
 * A change of twenty calls, sixteen of contacts and four of account groups: more than five bindings to add and to
 * remove, contacts that hand accounts to each other, and one contact at its cap whose additions need room.
 */
export const TWENTY_CALLS: Directory = {
  accounts: 50,
  contacts: [
    { id: 'c-A000000000000000', now: range(1, 4), wanted: [1, ...range(11, 16)] },
    { id: 'c-B000000000000000', now: [5, ...range(11, 17), 43, 44], wanted: [5, 43, 44] },
    { id: 'c-C000000000000000', now: range(20, 29), wanted: [...range(26, 29), ...range(30, 35)] },
    { id: 'c-D000000000000000', now: [2, 3, 4, 7, 8], wanted: [2, 3, 4, 17, ...range(36, 39)] },
    { id: 'c-E000000000000000', now: [6, 40, 41, 42], wanted: [6, 40, 41, 42, ...range(20, 25)] },
    { id: 'c-F000000000000000', now: [...range(40, 44), 4, 9], wanted: [9, 7, 8, 46] },
  ],
  groups: [
    { id: 'ca-A0000000000000000000', now: range(1, 6), wanted: [...range(1, 4), ...range(7, 9)] },
    { id: 'ca-B0000000000000000000', now: [10], wanted: [10, 11] },
    { id: 'ca-C0000000000000000000', now: range(12, 15), wanted: [12, 13] },
    { id: 'ca-D0000000000000000000', now: [16, 17], wanted: [16, 18, 19] },
  ],
};
