import { type Directory, range } from './emulated-directory.ts';

/**
 * A change of six calls: an addition, a removal of what was added elsewhere, a swap at the cap in two calls, and
 * two account groups.
 */
export const SIX_CALLS: Directory = {
  accounts: 25,
  contacts: [
    { id: 'c-A000000000000000', now: [1], wanted: [1, 2, 3, 10] },
    { id: 'c-B000000000000000', now: [2, 3, 9], wanted: [9] },
    { id: 'c-C000000000000000', now: range(10, 19), wanted: range(11, 20) },
  ],
  groups: [
    { id: 'ca-A0000000000000000000', now: [1, 2, 3], wanted: [2, 3, 4, 5] },
    { id: 'ca-B0000000000000000000', now: [1], wanted: [1, 6] },
  ],
};
