/**
 * Every protection of the executor, switched off in a copy of the source. The simulation must find each out:
 * a net that catches nothing proves nothing.
 */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
}

interface Edit {
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'settle: a lost answer counts as done, nobody reads back',
    edits: [
      {
        file: 'src/apply/perform-chunk.ts',
        find: 'left = (await readBackBindings(context, chunk.contactId, left)) ?? [];',
        replace: "return void context.ledger.find(left, { kind: 'acknowledged' });",
      },
      { file: 'src/apply/conclude.ts', find: 'return shows === false', replace: 'return shows !== shows' },
    ],
  },
  {
    name: 'settle: the last reading does not wait for late writes',
    edits: [
      {
        file: 'src/apply/verify.ts',
        find: 'if (waitMs > 0 && halt.reason === undefined) {',
        replace: 'if (waitMs < 0) {',
      },
      {
        file: 'src/apply/verify.ts',
        find: 'const settled = settledAt === undefined || clock.monotonic() >= settledAt;',
        replace: 'const settled = true;',
      },
    ],
  },
  {
    name: 'settle: late writes of a dead run are not waited for',
    edits: [
      {
        file: 'src/job/wait-for-earlier-writes.ts',
        find: 'if (ms <= 0) return;',
        replace: 'if (ms !== Number.NaN) return;',
      },
    ],
  },
  {
    name: 'merge: the list is made once, and sent again after every wait',
    edits: [
      {
        file: 'src/apply/send-list.ts',
        find: 'const now = await readGroup(this.#context, this.#id, call);',
        replace: 'const now = this.last?.before ?? (await readGroup(this.#context, this.#id, call));',
      },
    ],
  },
  {
    name: 'ordering: removals go before additions',
    edits: [
      {
        file: 'src/apply/apply-plan.ts',
        find: 'await Promise.all(plan.contacts.map(({ adds }) => performChain(context, adds, closed)));',
        replace:
          'await Promise.all(plan.contacts.map(({ removes }) => performChain(context, removes, closed)));\n' +
          '  await Promise.all(plan.contacts.map(({ adds }) => performChain(context, adds, closed)));',
      },
    ],
  },
  {
    name: 'ordering: removals do not look whether additions succeeded',
    edits: [
      {
        file: 'src/apply/removal-safety.ts',
        find: "if (left !== undefined) return { kind: 'hold', because: held(left, absent, reach) };",
        replace: 'if (left !== undefined) continue;',
      },
      {
        file: 'src/apply/removal-safety.ts',
        find: "if (type !== undefined) return { kind: 'hold', because: unforeseen(id, type) };",
        replace: 'if (type !== undefined) continue;',
      },
    ],
  },
  {
    name: 'read back: what was as written is not looked at again',
    edits: [
      {
        file: 'src/apply/verify.ts',
        find: 'const undone = reading === undefined ? [] : asWritten',
        replace: 'const undone = reading !== undefined ? [] : asWritten',
      },
    ],
  },
  {
    name: 'isolation: one refused member fails its whole chunk',
    edits: [
      {
        file: 'src/apply/perform-chunk.ts',
        find: "if (failure.class !== 'member-refused') return refuse(context, missing, failure);",
        replace: 'if (missing.length > 0) return refuse(context, missing, failure);',
      },
    ],
  },
  {
    name: 'one write at a time: the chunks of a contact are sent side by side',
    edits: [
      {
        file: 'src/apply/perform-chain.ts',
        find: 'const failure = await performChunk(context, { ...chunk, makesGood });',
        replace: 'const failure = undefined as never; void performChunk(context, { ...chunk, makesGood });',
      },
    ],
  },
  {
    name: 'the bound of calls in flight: each lane has its own',
    edits: [
      {
        file: 'src/pace/call-slots.ts',
        find: 'const limit = pLimit(bound);',
        replace: 'const limit = pLimit(3 * bound);',
      },
    ],
  },
];
