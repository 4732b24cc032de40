/** Every change was so already. */
export interface NothingToDo {
  readonly kind: 'nothing-to-do';
}

/** What is there now does not let the plan be carried out, or could not be read. */
export interface Withheld {
  readonly kind: 'withheld';
  readonly because: string;
}

/** Another list of ours may land until then, in milliseconds of a monotonic clock. */
export interface TooSoon {
  readonly kind: 'too-soon';
  readonly until: number;
}

/** Ends a call whose turn came, before anything was sent. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
  readonly why: NothingToDo | Withheld | TooSoon;

  constructor(why: NotSent['why']) {
    super(why.kind);
    this.why = why;
  }
}

export const withheld = (because: string): NotSent => new NotSent({ kind: 'withheld', because });
